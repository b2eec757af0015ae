package io.evenkeel.drills.simulator.rule;

import io.evenkeel.core.action.Command;
import io.evenkeel.core.health.ClusterState;
import io.evenkeel.core.health.NodeState;

/** What a simulation counts, beside looking for breaches. */
public final class Figures {

    private final Truth truth;
    private long downs;
    private long falseDowns;
    private long faileds;
    private long falseFaileds;
    private long replacements;
    private long failovers;
    private long wrongActions;
    private long overtakenActions;
    private long alerts;
    private long decisions;

    /** All of it at one moment. */
    public record Count(long downs, long falseDowns, long faileds, long falseFaileds, long replacements, long failovers,
            long wrongActions, long overtakenActions, long alerts, long decisions) {

        public static final Count NONE = new Count(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

        public Count plus(Count other) {
            return new Count(downs + other.downs, falseDowns + other.falseDowns, faileds + other.faileds,
                    falseFaileds + other.falseFaileds, replacements + other.replacements, failovers + other.failovers,
                    wrongActions + other.wrongActions, overtakenActions + other.overtakenActions,
                    alerts + other.alerts, decisions + other.decisions);
        }
    }

    /** What the reference would have done. */
    public static final class Reference {
        private long downs;
        private long falseDowns;
        private long wrongActions;

        /**
         * @param well nothing was wrong with it
         * @param alive it was alive: who replaces it is wrong
         */
        public void wentDown(boolean well, boolean alive) {
            downs++;
            falseDowns += well ? 1 : 0;
            wrongActions += alive ? 1 : 0;
        }

        public Count count() {
            return new Count(downs, falseDowns, 0, 0, downs, 0, wrongActions, 0, 0, 0);
        }
    }

    public Figures(Truth truth) {
        this.truth = truth;
    }

    public void on(Happening happening) {
        switch (happening) {
            case Happening.NodeMoved(var transition) -> {
                downs += transition.to() == NodeState.DOWN && transition.from() != NodeState.DOWN ? 1 : 0;
                falseDowns += truth.isFalse(transition) ? 1 : 0;
            }
            case Happening.ClusterMoved(var transition) -> {
                faileds += transition.to() == ClusterState.FAILED ? 1 : 0;
                falseFaileds += truth.isFalse(transition) ? 1 : 0;
            }
            case Happening.TookEffect(var request) -> {
                switch (request.command()) {
                    case Command.ReplaceInstance _ -> replacements++;
                    case Command.FailOver _ -> failovers++;
                }
                wrongActions += truth.isWrong(request) ? 1 : 0;
                overtakenActions += truth.isOvertaken(request) ? 1 : 0;
            }
            case Happening.Alerted _ -> alerts++;
            case Happening.Decided _ -> decisions++;
            default -> {
                // Not counted.
            }
        }
    }

    public Count count() {
        return new Count(downs, falseDowns, faileds, falseFaileds, replacements, failovers, wrongActions,
                overtakenActions, alerts, decisions);
    }
}
