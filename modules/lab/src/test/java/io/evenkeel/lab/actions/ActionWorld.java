package io.evenkeel.lab.actions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.actions.ActionConsumer;
import io.evenkeel.actions.ActionHandlers;
import io.evenkeel.actions.ActionTimes;
import io.evenkeel.actions.InstanceHealth.PreState;
import io.evenkeel.actions.LastLook;
import io.evenkeel.actions.testing.InMemoryInstanceHealth;
import io.evenkeel.actions.testing.InMemoryLiveFacts;
import io.evenkeel.core.action.ActionOutcome;
import io.evenkeel.core.action.ActionOutcome.Status;
import io.evenkeel.core.action.ActionRequest;
import io.evenkeel.core.action.Command.ReplaceInstance;
import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.decision.SafetyPolicy;
import io.evenkeel.events.Tick;
import io.evenkeel.events.Topics;
import io.evenkeel.lab.RealParts;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Topics of one test, ticks on them from {@link #startTime} on, and the stand-in for AWS. */
final class ActionWorld implements AutoCloseable {

    static final Duration LIMIT = Duration.ofSeconds(40);

    private static final ActionTimes TIMES = new ActionTimes(Duration.ofSeconds(12), Duration.ofSeconds(2),
            Duration.ofSeconds(5), Duration.ofSeconds(3));
    private static final Duration TICK = Duration.ofMillis(300);
    private static final AtomicLong TOPIC_SETS = new AtomicLong();

    final Topics topics = new Topics("t" + TOPIC_SETS.incrementAndGet() + ".");
    final InMemoryInstanceHealth instances = new InMemoryInstanceHealth();
    final InMemoryLiveFacts liveFacts = new InMemoryLiveFacts();

    private final RealParts parts;
    private final Path home;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final AtomicLong ticks = new AtomicLong();

    /** @param home where the brake file would lie */
    ActionWorld(RealParts parts, Path home) throws InterruptedException {
        this.parts = parts;
        this.home = home;
        parts.createTopics(List.of(topics.actionRequests(), topics.actionOutcomes(), topics.intents(),
                topics.decisionInputs(), topics.deadLetters(), topics.alerts()));
    }

    void startTime() {
        var _ = clock.scheduleAtFixedRate(this::tick, 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void tick() {
        parts.publisher().send(topics.decisionInputs(), "test", 0, new Tick("test", ticks.incrementAndGet()));
    }

    /** Not started yet. */
    ActionConsumer consumer() {
        var lastLook = new LastLook(liveFacts, _ -> Optional.of(SafetyPolicy.defaults().facts()));
        return new ActionConsumer(parts.kafka(), topics, parts.serdes(),
                new ActionHandlers(instances, Map.of(), lastLook), TIMES, home);
    }

    /** Asks for the replacement of a healthy instance. */
    void request(String id, String group, String instance) throws Exception {
        instances.with(instance, new PreState.Healthy(group));
        request(replacement(id, group, instance));
    }

    void request(ActionRequest request) throws Exception {
        parts.send(topics.actionRequests(), request);
    }

    static ActionRequest replacement(String id, String group, String instance) {
        var command = new ReplaceInstance(new NodeId(new ClusterId("primary"), "node"), group, instance);
        return new ActionRequest(id, "incident", command, Instant.now(), Instant.now().plusSeconds(600), 1, "rev",
                "test");
    }

    void awaitStatuses(String request, Status... expected) {
        await().atMost(LIMIT).untilAsserted(() -> assertThat(statuses(request)).containsExactly(expected));
    }

    List<Status> statuses(String request) {
        return outcomes(request).stream().map(ActionOutcome::status).toList();
    }

    List<ActionOutcome> outcomes(String request) {
        return outcomes().stream().filter(outcome -> outcome.request().id().equals(request)).toList();
    }

    /** Of every request, in order within a request. */
    List<ActionOutcome> outcomes() {
        try (var decoder = parts.serdes().deserializer()) {
            return parts.read(topics.actionOutcomes()).stream()
                    .map(outcome -> (ActionOutcome) decoder.deserialize(outcome.topic(), outcome.value())).toList();
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
