package io.evenkeel.drills.simulator.rule;

import io.evenkeel.core.action.ActionRequest;

/**
 * Rule 6: an observer's failure is never a target's failure. Nothing is asked for on what has been well all the time;
 * and while something is wrong with one vantage at most, nothing goes DOWN or FAILED that is well.
 */
final class ObserverRule extends Rule {

    /** A vantage's vote holds until it is silent for 94 s; then some evidence of its own. Milliseconds. */
    private static final long VOTES_HOLD = 94_000 + Truth.EVIDENCE;

    private final Scene scene;
    private final Truth truth;

    ObserverRule(Scene scene) {
        super(6, "an observer's failure is never a target's");
        this.scene = scene;
        this.truth = new Truth(scene.world());
    }

    @Override
    void on(Happening happening, long now) {
        switch (happening) {
            case Happening.NodeMoved(var transition) when truth.isFalse(transition) ->
                untroubled(transition.at().toEpochMilli(),
                        transition.node() + " went DOWN and is well: " + transition.reason());
            case Happening.ClusterMoved(var transition) when truth.isFalse(transition) ->
                untroubled(transition.at().toEpochMilli(),
                        transition.cluster() + " went FAILED and can be used: " + transition.reason());
            case Happening.Requested(var request) -> judge(request);
            default -> {
                // Says nothing of targets.
            }
        }
    }

    private void untroubled(long at, String what) {
        int troubled = scene.world().network().troubledWithin(at - VOTES_HOLD, at);
        require(troubled > 1, what + "; something is wrong with " + troubled + " of the vantages");
    }

    private void judge(ActionRequest request) {
        require(!truth.isWrong(request), request.id() + " was asked for on what is well");
    }
}
