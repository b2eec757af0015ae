package io.evenkeel.core.decision;

import static io.evenkeel.core.decision.GateAnswer.notYet;
import static io.evenkeel.core.decision.GateAnswer.unknown;
import static io.evenkeel.core.decision.GateAnswer.yes;

import io.evenkeel.core.decision.SafetyPolicy.Facts.Use;
import io.evenkeel.core.health.ClusterView;
import io.evenkeel.core.health.ClusterView.Canary;
import io.evenkeel.core.health.ClusterView.Master;
import io.evenkeel.core.health.ProbeResult.Outcome;
import java.util.Optional;

/** The gates on what a node or a standby answers right before the call: they close the gap since the decision. */
final class SightGates {

    private SightGates() {}

    /**
     * What answers for itself lives, whatever was decided.
     *
     * @param answer empty when nobody could ask
     */
    static GateAnswer noSignOfLife(Optional<Outcome> answer, Use use) {
        return answer.filter(_ -> use != Use.OFF).map(SightGates::silence)
                .orElseGet(() -> unknown("evidence", "the node could not be asked", use));
    }

    private static GateAnswer silence(Outcome answer) {
        return switch (answer) {
            case Outcome.Success() -> notYet("evidence", "it answers now");
            case Outcome.Failure(var reason, var detail) -> reason.isAlive()
                    ? notYet("evidence", "it answers now: " + reason + ", " + detail)
                    : yes("evidence", "still failing: " + reason + ", " + detail);
        };
    }

    /** @param seen empty when nobody could ask */
    static GateAnswer standby(Optional<ClusterView> seen, Use use) {
        if (seen.isEmpty() || use == Use.OFF) {
            return unknown("standby", "it could not be asked", use);
        }
        var view = seen.get();
        String numbers = view.nodesAnswered() + " of " + view.nodesTried() + " nodes answer, canary " + view.canary()
                + ", master " + view.master() + "; " + view.detail();
        if (view.unusable() || view.master() == Master.ABSENT) {
            return notYet("standby", numbers);
        }
        return view.canary() == Canary.WORKS ? yes("standby", numbers) : unknown("standby", numbers, use);
    }
}
