package io.evenkeel.core.decision;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.decision.Decision.Action;
import io.evenkeel.core.decision.DecisionPolicy.Service;
import io.evenkeel.core.health.ClusterState;
import io.evenkeel.core.health.ClusterTransition;
import io.evenkeel.core.health.Vote;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * Could a service fail over now? What the rules would say if its active cluster had just FAILED, seen so by all its
 * vantages. Only that is assumed: a vantage that is silent or doubts itself has no vote here either.
 *
 * @param active the side that traffic goes to now
 * @param activeState where that side really stands
 * @param standbyState where the standby really stands
 * @param decision what would be decided, with each gate's answer; verdict ACT is yes
 */
public record FailoverCheck(Service service, ClusterId active, ClusterState activeState, ClusterState standbyState,
        Decision decision) {

    /** Neither changes the state nor asks for anything. */
    public static FailoverCheck of(DecisionState state, DecisionPolicy policy, Service service, Instant now) {
        var known = state.services().get(service.id().value());
        var active = known == null ? service.primary() : known.status().active();
        var cluster = state.cluster(active);
        var open = state.faults().values().stream().filter(fault -> fault.action() == Action.FAIL_OVER
                && fault.cluster().equals(active) && fault.name().equals(service.id().value())).findFirst();
        var failed = failed(cluster, policy, now);
        String incident = open.map(Fault::incident).orElseGet(() -> Incidents.of(failed));
        // What was decided about a failure that lasts already is to be said again.
        var asked = open.map(fault -> state.with(fault.retried(fault.notBefore()))).orElse(state);
        var decision = DecisionRules.apply(asked, policy, new DecisionInput.ClusterChanged(failed), now).outputs()
                .stream().flatMap(FailoverCheck::decided)
                .filter(decided -> decided.subject().equals(service.id().value())
                        && decided.incident().equals(incident))
                .findFirst().orElseThrow(() -> new IllegalStateException(
                        "the rules have no answer for service " + service.id() + "; see the decisions on " + active));
        return new FailoverCheck(service, active, cluster.state(), state.cluster(service.standby()).state(),
                assumed(decision, cluster));
    }

    public boolean isYes() {
        return decision.verdict() == Decision.Verdict.ACT;
    }

    private static Decision assumed(Decision decided, ClusterSituation cluster) {
        var gates = decided.gates().stream().map(gate -> gate.gate().equals("evidence") && gate.isYes()
                ? GateAnswer.yes("evidence", "assumed: FAILED, and all " + cluster.expectedVantages().size()
                        + " vantages say so; it is " + cluster.state() + " now")
                : gate).toList();
        return new Decision(decided.incident(), decided.subject(), decided.action(), decided.verdict(),
                decided.reason(), gates, decided.requestId(), decided.at(), decided.nextCheckAt(),
                decided.transitionVersion(), decided.policyRevision(), decided.factAges());
    }

    private static Stream<Decision> decided(DecisionOutput output) {
        return output instanceof DecisionOutput.Decided(var decision) ? Stream.of(decision) : Stream.empty();
    }

    private static ClusterTransition failed(ClusterSituation cluster, DecisionPolicy policy, Instant now) {
        var votes = cluster.expectedVantages().stream()
                .map(vantage -> new Vote(vantage.name(), vantage.zone(), Vote.Stand.CONFIRMED_DOWN, 1)).toList();
        return new ClusterTransition(cluster.cluster(), cluster.state(), ClusterState.FAILED, now,
                cluster.version() + 1, cluster.version(), now, "assumed", cluster.voters(), votes, List.of(),
                policy.revision());
    }
}
