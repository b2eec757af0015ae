package io.evenkeel.drills.simulator.rule;

import io.evenkeel.core.action.ActionRequest;
import io.evenkeel.core.action.Command;

/** Rule 3: a master-eligible node is never replaced automatically. */
final class MasterRule extends Rule {

    private final Scene scene;

    MasterRule(Scene scene) {
        super(3, "a master-eligible node is never replaced");
        this.scene = scene;
    }

    @Override
    void on(Happening happening, long now) {
        switch (happening) {
            case Happening.Requested(var request) -> judge(request);
            case Happening.Called(var claim) -> judge(claim.request());
            default -> {
                // Nobody is replaced.
            }
        }
    }

    private void judge(ActionRequest request) {
        if (request.command() instanceof Command.ReplaceInstance replace) {
            require(!scene.world().node(replace.node()).isMaster(), replace.node() + " is master-eligible");
        }
    }
}
