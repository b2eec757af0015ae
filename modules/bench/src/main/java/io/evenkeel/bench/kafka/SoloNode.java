package io.evenkeel.bench.kafka;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.cluster.NodeTarget;
import io.evenkeel.core.cluster.Vantage;
import io.evenkeel.core.health.FailureReason;
import io.evenkeel.core.health.ProbeResult;
import io.evenkeel.core.health.ProbeResult.NodeProbed;
import io.evenkeel.core.health.ProbeResult.Outcome;
import io.evenkeel.core.health.ProbeSource;
import io.evenkeel.events.Partitioning;
import io.evenkeel.events.Topics;
import java.time.Duration;
import java.util.List;

/** A node that one vantage alone looks at: what that vantage says is what is. Numbered, round the partitions. */
record SoloNode(int number) {

    private static final Vantage VANTAGE = new Vantage("vantage-a", "eu-west-1a");
    private static final List<String> CLUSTER_OF_PARTITION = clusters();

    private static List<String> clusters() {
        var found = new String[Topics.SPREAD];
        int missing = found.length;
        for (int i = 0; missing > 0; i++) {
            int partition = Partitioning.of("solo-" + i, Topics.SPREAD);
            if (found[partition] == null) {
                found[partition] = "solo-" + i;
                missing--;
            }
        }
        return List.of(found);
    }

    static List<String> clustersByPartition() {
        return CLUSTER_OF_PARTITION;
    }

    NodeId node() {
        return new NodeId(new ClusterId(CLUSTER_OF_PARTITION.get(number % Topics.SPREAD)), "node-" + number);
    }

    NodeTarget target() {
        return target(NodeTarget.Phase.EXPECTED);
    }

    /** Nobody expects it any more. */
    NodeTarget retired() {
        return target(NodeTarget.Phase.RETIRED);
    }

    private NodeTarget target(NodeTarget.Phase phase) {
        return new NodeTarget(node(), "i-1", "http://127.0.0.1:1", VANTAGE.zone(), List.of("data"), "",
                List.of(VANTAGE), phase);
    }

    ProbeResult healthy(long counter) {
        return result(counter, new Outcome.Success());
    }

    ProbeResult failing(long counter) {
        return result(counter, new Outcome.Failure(FailureReason.CONNECT_REFUSED, "nobody listens"));
    }

    private ProbeResult result(long counter, Outcome outcome) {
        return new NodeProbed(node(), "i-1",
                new ProbeSource(VANTAGE.name(), VANTAGE.zone(), "bench", "boot-1", counter),
                ProbeResult.Purpose.SCHEDULED, outcome,
                new ProbeResult.Timing(Duration.ofMillis(3), Duration.ZERO, Duration.ofSeconds(2)));
    }
}
