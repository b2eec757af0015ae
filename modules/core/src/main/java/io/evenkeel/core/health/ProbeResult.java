package io.evenkeel.core.health;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.NodeId;
import java.time.Duration;

/** The result of one probe from one vantage. */
public sealed interface ProbeResult {

    ClusterId cluster();

    ProbeSource source();

    Timing timing();

    /** Why the probe was made: confirmations are answers to a first failure and never enter the slow count. */
    enum Purpose {
        SCHEDULED, CONFIRMATION
    }

    /**
     * How long it took and how old it was when sent; all from the agent's monotonic clock, never from its wall clock.
     *
     * @param latency from the first byte out to the verdict
     * @param ageAtSend from the verdict to the hand-over to Kafka; observed time = append time - age
     * @param interval the agent's current interval for this target
     */
    record Timing(Duration latency, Duration ageAtSend, Duration interval) {
        public Timing {
            if (latency.isNegative() || ageAtSend.isNegative() || interval.isNegative()) {
                throw new IllegalArgumentException("latency, age and interval must be >= 0, were " + latency + ", "
                        + ageAtSend + ", " + interval);
            }
        }
    }

    /** What a node probe found. */
    sealed interface Outcome {
        record Success() implements Outcome {}

        /** @param detail one line for people: the exception or what was wrong in the answer, at most 300 characters */
        record Failure(FailureReason reason, String detail) implements Outcome {}
    }

    /** A node was asked for itself. */
    record NodeProbed(NodeId node, String incarnation, ProbeSource source, Purpose purpose, Outcome outcome,
            Timing timing) implements ProbeResult {
        @Override
        public ClusterId cluster() {
            return node.cluster();
        }
    }

    /** A cluster was asked whether its service can be used. */
    record ClusterProbed(ClusterId cluster, ProbeSource source, ClusterView view, Timing timing)
            implements
                ProbeResult {}
}
