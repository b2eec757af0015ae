package io.evenkeel.drills.simulator.rule;

import io.evenkeel.core.action.ActionRequest;
import io.evenkeel.core.action.Command;
import io.evenkeel.core.decision.Decision.Action;
import io.evenkeel.core.decision.DecisionInput;
import io.evenkeel.core.decision.Order;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Rule 1, where a person must agree: an action is asked for only on an approval of its incident that was not over, was of
 * no other version, and was not used before, however often it was told.
 */
final class ApprovalRule extends Rule {

    private final Scene scene;
    private final Map<String, List<Order>> unused = new HashMap<>();
    private final Set<String> known = new HashSet<>();

    ApprovalRule(Scene scene) {
        super(1, "what a person must approve is done once for each approval");
        this.scene = scene;
    }

    @Override
    void on(Happening happening, long now) {
        switch (happening) {
            case Happening.Told(DecisionInput.OrderGiven(var order)) -> {
                if (order.kind() == Order.Kind.APPROVE && known.add(order.id())) {
                    unused.computeIfAbsent(order.incident(), _ -> new ArrayList<>()).add(order);
                }
            }
            case Happening.Requested(var request) -> {
                if (scene.policy().decision().safety().approval().contains(action(request.command()))) {
                    approved(request);
                }
            }
            default -> {
                // Nobody approves.
            }
        }
    }

    static Action action(Command command) {
        return switch (command) {
            case Command.ReplaceInstance _ -> Action.REPLACE_INSTANCE;
            case Command.FailOver _ -> Action.FAIL_OVER;
        };
    }

    /** Of several approvals the newest counts, and with it all are used. */
    private void approved(ActionRequest request) {
        var orders = unused.remove(request.incident());
        require(orders != null && orders.stream().anyMatch(order -> request.issuedAt().isBefore(order.expiresAt())
                && (order.version() == 0 || order.version() == request.transitionVersion())),
                request.id() + " was asked for, unused approvals are " + orders);
    }
}
