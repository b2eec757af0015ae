package io.evenkeel.core.decision;

import io.evenkeel.core.decision.Decision.Action;
import io.evenkeel.core.decision.Decision.Verdict;
import io.evenkeel.core.decision.GateAnswer.Answer;
import io.evenkeel.core.health.ClusterTransition;
import io.evenkeel.core.health.NodeTransition;
import java.util.List;

/** What transitions make of the situation, and which faults they open and close. */
final class Faults {

    private final Turn turn;

    Faults(Turn turn) {
        this.turn = turn;
    }

    void onNode(NodeTransition transition) {
        var cluster = turn.state().cluster(transition.node().cluster());
        var known = cluster.nodes().get(transition.node().name());
        if (known != null && known.version() >= transition.version()) {
            return;
        }
        var next = cluster.with(transition);
        turn.set(turn.state().with(next));
        var situation = java.util.Objects.requireNonNull(next.nodes().get(transition.node().name()));
        if (known == null || known.bad() != situation.bad() || known.expected() != situation.expected()) {
            new Freezes(turn).judge(next, situation.target().zone());
        }
        var open = open(Action.REPLACE_INSTANCE, transition.node().name()).stream()
                .filter(fault -> fault.cluster().equals(transition.node().cluster())).toList();
        if (known != null && known.growsWorseBy(transition)) {
            open.stream().filter(fault -> fault.verdict() != Verdict.ACT)
                    .forEach(fault -> turn.set(turn.state().with(fault.worsened(transition.at()))));
        }
        switch (transition.to()) {
            case DOWN -> {
                if (open.isEmpty()) {
                    turn.set(turn.state().with(Fault.opened(Incidents.of(transition), Action.REPLACE_INSTANCE,
                            transition.node().cluster(), transition.node().name(), transition.at(),
                            situation.firstFailureAt(), transition.version())));
                }
            }
            case UP, JOINING, DRAINING, RETIRED, MAINTENANCE -> {
                open.forEach(fault -> close(fault, "the node is " + transition.to()));
                new Freezes(turn).leave(transition.node());
            }
            case SUSPECT, RECOVERING, FLAPPING, UNKNOWN, UNREACHABLE -> {
                // The fault stays open: its evidence gate says wait until the node is DOWN again or well.
            }
        }
    }

    void onCluster(ClusterTransition transition) {
        var cluster = turn.state().cluster(transition.cluster());
        if (cluster.version() >= transition.version()) {
            return;
        }
        turn.set(turn.state().with(cluster.with(transition)));
        switch (transition.to()) {
            case FAILED, QUORUM_LOST -> openFailovers(transition);
            case HEALTHY, DEGRADED, MAINTENANCE -> turn.state().faults().values().stream()
                    .filter(fault -> fault.action() == Action.FAIL_OVER
                            && fault.cluster().equals(transition.cluster()))
                    .toList().forEach(fault -> close(fault, "the cluster is " + transition.to()));
            case UNKNOWN -> {
                // The fault stays open: its evidence gate says wait.
            }
        }
    }

    private void openFailovers(ClusterTransition transition) {
        var using = turn.policy().services().stream().filter(service -> service.uses(transition.cluster())).toList();
        for (var service : using) {
            var open = open(Action.FAIL_OVER, service.id().value()).stream()
                    .anyMatch(fault -> fault.cluster().equals(transition.cluster()));
            if (!open) {
                turn.set(turn.state().with(Fault.opened(Incidents.of(transition), Action.FAIL_OVER,
                        transition.cluster(), service.id().value(), transition.at(), transition.firstFailureAt(),
                        transition.version())));
            }
        }
        if (using.isEmpty()) {
            var gate = new GateAnswer("service", Answer.NO, "no service uses cluster " + transition.cluster());
            turn.tell(new DecisionOutput.Decided(new Decision(Incidents.of(transition),
                    transition.cluster().value(), Action.FAIL_OVER, Verdict.REFUSE, gate.numbers(), List.of(gate), "",
                    turn.now(), turn.now(), transition.version(), turn.policy().revision())));
        }
    }

    private List<Fault> open(Action action, String name) {
        return turn.state().faults().values().stream()
                .filter(fault -> fault.action() == action && fault.name().equals(name)).toList();
    }

    private void close(Fault fault, String reason) {
        turn.set(turn.state().withoutFault(fault.key()));
        turn.tell(new DecisionOutput.Decided(new Decision(fault.incident(), fault.subject(), fault.action(),
                Verdict.CLOSED, reason, List.of(), "", turn.now(), turn.now(), fault.version(),
                turn.policy().revision())));
    }
}
