package io.evenkeel.probe.node;

import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.cluster.NodeTarget;
import io.evenkeel.core.health.ProbeResult.Outcome;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells slow answers: longer than 500 ms and ten times what the target usually takes, once 20 successes were seen of this
 * incarnation. A target that stays slow for an hour is slow no more. For many threads.
 */
public final class Baselines {

    private record Known(String incarnation, Baseline baseline) {}

    private final Map<NodeId, Known> targets = new ConcurrentHashMap<>();

    /**
     * What a probe found, with its latency judged; a failure stays what it is and teaches nothing.
     *
     * @param latency without what the agent itself was stopped for
     * @param now when the answer was there, monotonic
     */
    public Outcome judged(NodeTarget target, Outcome outcome, Duration latency, long now) {
        return switch (outcome) {
            case Outcome.Failure failure -> failure;
            case Outcome.Success _ -> of(target).judged(latency, now);
        };
    }

    /** A new incarnation may be another machine: it is learned anew. */
    private Baseline of(NodeTarget target) {
        return targets.compute(target.node(), (_, known) -> known != null
                && known.incarnation().equals(target.incarnation())
                        ? known
                        : new Known(target.incarnation(), new Baseline()))
                .baseline();
    }
}
