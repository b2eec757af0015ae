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
     * @param lateness how long after its time the probe began: an agent that runs late sees time-outs of its own making
     */
    record Timing(Duration latency, Duration ageAtSend, Duration interval, Duration lateness) {
        public Timing {
            if (latency.isNegative() || ageAtSend.isNegative() || interval.isNegative() || lateness.isNegative()) {
                throw new IllegalArgumentException("latency, age, interval and lateness must be >= 0, were " + latency
                        + ", " + ageAtSend + ", " + interval + ", " + lateness);
            }
        }

        /** Of a probe that began in time. */
        public Timing(Duration latency, Duration ageAtSend, Duration interval) {
            this(latency, ageAtSend, interval, Duration.ZERO);
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

    /**
     * A node's own report, by an agent on its host: another kind of evidence than what is seen from outside. It never
     * votes; it can contradict.
     *
     * @param outcome what the node answers over the loopback
     */
    record NodeReported(NodeId node, String incarnation, ProbeSource source, Outcome outcome, Timing timing)
            implements
                ProbeResult {
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
