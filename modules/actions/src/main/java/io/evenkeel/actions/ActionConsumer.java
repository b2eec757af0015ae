package io.evenkeel.actions;

import io.evenkeel.events.Topics;
import io.evenkeel.events.kafka.DeadLetters;
import io.evenkeel.events.kafka.KafkaClients;
import io.evenkeel.events.kafka.KafkaSettings;
import io.evenkeel.events.kafka.Loop;
import io.evenkeel.events.serde.EventSerdes;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.UUID;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Carries out {@code action-requests} (group: topic prefix and {@code actions}): claims each with a lease in one Kafka transaction
 * with its offset, acts, verifies, writes the end to {@code action-outcomes}. Several processes share the work by
 * partition; what one leaves unfinished, the next owner finishes once the lease is over, and from then on no end of the
 * former one is written. Intents and ticks are read by consumers of their own. Exactly-once ends at AWS: a process that
 * stalls between its last check and the socket write may still send a call after its lease; these calls are idempotent.
 */
public final class ActionConsumer implements AutoCloseable {

    private final Parts parts;
    private final Loop intents;
    private final Loop ticks;
    private final Loop claims;

    /** What a membership works with; outlives it. */
    record Parts(String owner, Topics topics, ActionTimes times, KafkaClients clients, Serializer<Object> encoder,
            Deserializer<Object> decoder, DeadLetters deadLetters, LiveView live, ActionRunner runner) {}

    /**
     * Nothing is read before {@link #start}.
     *
     * @param kafka how to reach Kafka
     * @param serdes stays the caller's to close
     * @param home the process' home: a file {@code BRAKE} in it stops all actions of this process
     */
    public ActionConsumer(KafkaSettings kafka, Topics topics, EventSerdes serdes, ActionHandlers handlers,
            ActionTimes times, Path home) {
        var owner = ownerName();
        var clients = new KafkaClients(kafka, "evenkeel-actions");
        var live = new LiveView(home);
        var runner = new ActionRunner(handlers, times, live);
        this.parts = new Parts(owner, topics, times, clients, serdes.serializer(), serdes.deserializer(),
                new DeadLetters(topics.deadLetters()), live, runner);
        this.intents = new Loop("intents",
                () -> new IntentReader(clients, topics.intents().name(), serdes.deserializer(), live));
        this.ticks = new Loop("ticks",
                () -> new TickReader(clients, topics.decisionInputs().name(), serdes.deserializer(), live));
        this.claims = new Loop("claims", () -> new ClaimLoop(parts), times.stopWithin());
    }

    /** Who claims: host/process/uuid. Unique, so that a restarted process never takes itself for its predecessor. */
    private static String ownerName() {
        return host() + "/" + ProcessHandle.current().pid() + "/" + UUID.randomUUID();
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException _) {
            return "unknown-host";
        }
    }

    /** The owner name in this process' claims. */
    public String owner() {
        return parts.owner();
    }

    /** Whether a tick arrived within the last 2 s; for the heartbeat. */
    public boolean timeGoesOn() {
        return parts.live().now().isPresent();
    }

    /** Begins; topics must be there. Failures of Kafka, registry and AWS are waited out, never thrown. */
    public void start() {
        intents.start();
        ticks.start();
        claims.start();
    }

    /** Stops claiming, lets actions in flight end for {@code stopWithin}, then leaves them to their next owner. */
    @Override
    public void close() {
        claims.close();
        parts.runner().close();
        ticks.close();
        intents.close();
    }
}
