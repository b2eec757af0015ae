package io.evenkeel.drills.simulator.rule;

import io.evenkeel.core.action.ActionRequest;
import io.evenkeel.core.action.Command.FailOver;
import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.ServiceId;
import io.evenkeel.core.decision.DecisionInput;
import io.evenkeel.core.decision.FailoverTransition;
import io.evenkeel.core.decision.FailoverTransition.State;
import io.evenkeel.core.health.ClusterState;
import io.evenkeel.core.health.ClusterTransition;
import java.util.HashMap;
import java.util.Map;

/** Rule 5: only a standby that has proved itself is failed over to; a failover latches; one at a time, then a cool-down. */
final class StandbyRule extends Rule {

    private final Scene scene;
    private final Map<ClusterId, ClusterTransition> clusters = new HashMap<>();
    private final Map<ServiceId, FailoverTransition> services = new HashMap<>();
    private final Map<ServiceId, Long> failedOverAt = new HashMap<>();

    StandbyRule(Scene scene) {
        super(5, "a proved standby, a latch, a cool-down");
        this.scene = scene;
    }

    @Override
    void on(Happening happening, long now) {
        switch (happening) {
            case Happening.Told(DecisionInput.ClusterChanged(var transition)) ->
                clusters.merge(transition.cluster(), transition, (a, b) -> a.version() > b.version() ? a : b);
            case Happening.Requested(var request) when request.command() instanceof FailOver over ->
                requested(request, over);
            case Happening.ServiceMoved(var transition) -> moved(transition, now);
            default -> {
                // Says nothing of services.
            }
        }
    }

    private void requested(ActionRequest request, FailOver over) {
        long at = request.issuedAt().toEpochMilli();
        var standby = clusters.get(over.to());
        require(standby != null && standby.to() == ClusterState.HEALTHY
                && standby.at().plus(scene.policy().decision().standbyProof()).toEpochMilli() <= at,
                request.id() + " was asked for to a standby that is " + standby);
        var service = services.get(over.service());
        require(service != null && service.version() == over.epoch() && service.state() == State.FAILING_OVER
                && service.active().equals(over.from()),
                request.id() + " was asked for while the service is " + service);
        long last = failedOverAt.getOrDefault(over.service(), Long.MIN_VALUE / 2);
        require(at - last >= scene.policy().decision().coolDown().toMillis(),
                request.id() + " was asked for in the cool-down");
    }

    private void moved(FailoverTransition next, long now) {
        var known = services.put(next.service(), next);
        long before = known == null ? 0 : known.version();
        require(next.previousVersion() == before && next.version() > before,
                next.service() + " went from version " + next.previousVersion() + ", known is " + before);
        if (known != null) {
            boolean lawful = switch (known.state()) {
                case ON_PRIMARY -> next.state() == State.FAILING_OVER;
                case FAILING_OVER -> next.state() != State.FAILING_OVER;
                case FAILED_OVER -> false;
            };
            require(lawful, next.service() + " went from " + known.state() + " to " + next.state());
        }
        if (next.state() == State.FAILED_OVER) {
            failedOverAt.put(next.service(), now);
        }
    }
}
