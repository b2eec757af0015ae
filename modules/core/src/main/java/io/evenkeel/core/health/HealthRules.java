package io.evenkeel.core.health;

import io.evenkeel.core.cluster.NodeTarget;
import io.evenkeel.core.health.ProbeResult.ClusterProbed;
import io.evenkeel.core.health.ProbeResult.NodeProbed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The health rules of one cluster: (state, policy, input, now) to (state, outputs). {@code now} is broker append time.
 *
 * <p>A vantage's vote on a node is DOWN after {@code failureThreshold} failures in a row, UP after
 * {@code recoveryThreshold} successes in a row, SILENT when nothing was heard for {@code staleAfter}. A quorum is a
 * majority of the vantages <em>expected</em>, from two zones where they lie in two or more.
 *
 * <pre>
 * node, EXPECTED:
 *   JOINING    -> UP          a quorum votes UP; failures don't count during the start-up grace
 *   UP         -> SUSPECT     any vantage sees failures, or fewer than a quorum report
 *   SUSPECT    -> UP          nobody sees failures and a quorum reports
 *   any        -> DOWN        a quorum votes DOWN (JOINING: after the grace)
 *   DOWN       -> RECOVERING  a quorum gets answers again
 *   RECOVERING -> UP          a quorum votes UP and has for minimumHealthy
 *   any        -> UNKNOWN     nobody reports; or fewer than a quorum, and it was not UP or SUSPECT
 *   UNKNOWN    -> UP          a quorum votes UP
 * node, RETIRING: any -> DRAINING.   node, RETIRED: any -> RETIRED.   A new incarnation starts in JOINING.
 *
 * cluster (each by a quorum of vantages; the first line that holds):
 *   UNKNOWN      fewer than a quorum report
 *   FAILED       failureThreshold times in a row no node answered or the canary failed on every node tried
 *   QUORUM_LOST  failureThreshold times in a row no elected master was seen
 *   DEGRADED     failureThreshold times in a row not in order (red, canary unproven), but usable
 *   HEALTHY      recoveryThreshold times in a row in order; after FAILED or QUORUM_LOST for minimumHealthy
 *   otherwise it stays as it is
 * </pre>
 */
public final class HealthRules {

    private HealthRules() {}

    /**
     * The next state and what to tell.
     *
     * @param nextCheck when time alone could change something, at the latest; a Tick before that is a waste
     */
    public record Step(ClusterHealth state, List<HealthOutput> outputs, Instant nextCheck) {
        public Step {
            outputs = List.copyOf(outputs);
        }
    }

    public static Step apply(ClusterHealth state, HealthPolicy policy, HealthInput input, Instant now) {
        var told = told(state, policy, input, now);
        var outputs = new ArrayList<HealthOutput>();
        var judged = told;
        for (var node : told.nodes().values()) {
            for (var transition : NodeRules.judge(node, policy, now)) {
                judged = judged.with(node.moved(transition.to(), now, transition.version()));
                outputs.add(new HealthOutput.NodeChanged(transition));
            }
        }
        if (!judged.vantages().isEmpty()) {
            for (var transition : ClusterRules.judge(judged, policy, now)) {
                judged = judged.moved(transition.to(), now, transition.version());
                outputs.add(new HealthOutput.ClusterChanged(transition));
            }
        }
        return new Step(judged, outputs, nextCheck(judged, policy, now));
    }

    private static ClusterHealth told(ClusterHealth state, HealthPolicy policy, HealthInput input, Instant now) {
        return switch (input) {
            case HealthInput.Probed(NodeProbed result) -> {
                var node = state.nodes().get(result.node().name());
                yield node == null ? state : state.with(NodeRules.counted(node, result, policy, now));
            }
            case HealthInput.Probed(ProbeResult.NodeReported _) -> state;
            case HealthInput.Probed(ClusterProbed result) -> ClusterRules.counted(state, result, policy, now);
            case HealthInput.ClusterExpected(_, var vantages) -> state.with(vantages);
            case HealthInput.NodeExpected(var target) -> state.with(expected(state, target, now));
            case HealthInput.NodeForgotten(var node) -> state.without(node.name());
            case HealthInput.Ticked() -> state;
        };
    }

    private static NodeHealth expected(ClusterHealth state, NodeTarget target, Instant now) {
        var known = state.nodes().get(target.node().name());
        if (known == null) {
            return NodeHealth.joining(target, 0, now);
        }
        return known.target().incarnation().equals(target.incarnation())
                ? known.with(target)
                : NodeHealth.joining(target, known.version(), now);
    }

    /** A version never repeats, grows in order, and survives loss of state because time went on meanwhile. */
    static long nextVersion(long previous, Instant now) {
        long micros = Math.addExact(Math.multiplyExact(now.getEpochSecond(), 1_000_000L), now.getNano() / 1_000);
        return Math.max(previous + 1, micros);
    }

    private static Instant nextCheck(ClusterHealth state, HealthPolicy policy, Instant now) {
        var next = now.plus(policy.staleAfter());
        for (var tally : state.tallies().values()) {
            next = sooner(next, tally.lastHeard().plus(policy.staleAfter()), now);
            next = sooner(next, tally.streakSince().plus(policy.minimumHealthy()), now);
        }
        for (var node : state.nodes().values()) {
            next = sooner(next, node.expectedSince().plus(policy.startupGrace()), now);
            for (var tally : node.tallies().values()) {
                next = sooner(next, tally.lastHeard().plus(policy.staleAfter()), now);
                next = sooner(next, tally.streakSince().plus(policy.minimumHealthy()), now);
            }
        }
        return next.plusMillis(1);
    }

    private static Instant sooner(Instant next, Instant candidate, Instant now) {
        return candidate.isBefore(now) || next.isBefore(candidate) ? next : candidate;
    }
}
