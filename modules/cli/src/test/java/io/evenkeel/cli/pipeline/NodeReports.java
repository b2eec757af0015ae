package io.evenkeel.cli.pipeline;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.cluster.NodeTarget;
import io.evenkeel.core.cluster.Vantage;
import io.evenkeel.core.health.FailureReason;
import io.evenkeel.core.health.ProbeResult;
import io.evenkeel.core.health.ProbeResult.NodeProbed;
import io.evenkeel.core.health.ProbeResult.Outcome;
import io.evenkeel.core.health.ProbeSource;
import io.evenkeel.events.Topics;
import io.evenkeel.events.kafka.EventPublisher;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.RecordMetadata;

/** What an agent writes of one node of a cluster. */
final class NodeReports {

    static final Vantage VANTAGE = new Vantage("vantage-a", "zone-1");

    private static final String INCARNATION = "i-1";

    private final EventPublisher publisher;
    private final Topics topics;
    private final NodeId node;
    private final AtomicLong counter = new AtomicLong();

    NodeReports(EventPublisher publisher, Topics topics, String cluster) {
        this.publisher = publisher;
        this.topics = topics;
        this.node = new NodeId(new ClusterId(cluster), "n1");
    }

    NodeId node() {
        return node;
    }

    /** The node is to be there; returns when the broker has it. */
    void expect() throws Exception {
        expect(VANTAGE);
    }

    /** As above, and this vantage is to probe it. */
    void expect(Vantage vantage) throws Exception {
        var target = new NodeTarget(node, INCARNATION, "http://127.0.0.1:1", "zone-1", List.of("data"),
                "", List.of(vantage), NodeTarget.Phase.EXPECTED);
        publisher.send(topics.targets(), target).toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    CompletionStage<RecordMetadata> report(boolean healthy) {
        return publisher.send(topics.probeResults(), result(healthy));
    }

    /** The next result, not sent. */
    ProbeResult result(boolean healthy) {
        return new NodeProbed(node, INCARNATION,
                new ProbeSource(VANTAGE.name(), VANTAGE.zone(), "test", "boot-1", counter.incrementAndGet()),
                ProbeResult.Purpose.SCHEDULED,
                healthy ? new Outcome.Success() : new Outcome.Failure(FailureReason.CONNECT_REFUSED, "nobody listens"),
                new ProbeResult.Timing(Duration.ofMillis(3), Duration.ZERO, Duration.ofSeconds(2)));
    }
}
