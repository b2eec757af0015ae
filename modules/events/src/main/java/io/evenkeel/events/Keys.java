package io.evenkeel.events;

import io.evenkeel.core.action.ActionOutcome;
import io.evenkeel.core.action.ActionRequest;
import io.evenkeel.core.alert.Alert;
import io.evenkeel.core.cluster.NodeTarget;
import io.evenkeel.core.decision.Decision;
import io.evenkeel.core.decision.FailoverTransition;
import io.evenkeel.core.decision.Intent;
import io.evenkeel.core.decision.Order;
import io.evenkeel.core.decision.ServiceStatus;
import io.evenkeel.core.facts.ClusterFacts;
import io.evenkeel.core.health.ClusterStatus;
import io.evenkeel.core.health.ClusterTransition;
import io.evenkeel.core.health.HealthInput.ClusterExpected;
import io.evenkeel.core.health.HealthProgress;
import io.evenkeel.core.health.NodeStatus;
import io.evenkeel.core.health.NodeTransition;
import io.evenkeel.core.health.ProbeResult;
import io.evenkeel.core.health.VantageStatus;
import io.evenkeel.core.health.VantageTransition;
import io.evenkeel.core.alert.Delivery;
import io.evenkeel.core.notification.Notification;

/** Record keys, as text in UTF-8. */
public final class Keys {

    private Keys() {}

    /**
     * The record key of an event.
     *
     * @throws IllegalArgumentException for anything that is no event of ours
     */
    public static String of(Object event) {
        return switch (event) {
            case ProbeResult result -> result.cluster().value();
            case Tick tick -> tick.writer();
            case NodeTarget target -> target.node().toString();
            case ClusterExpected expected -> expected.cluster().value();
            case NodeTransition transition -> transition.node().toString();
            case NodeStatus status -> status.target().node().toString();
            case ClusterTransition transition -> transition.cluster().value();
            case ClusterStatus status -> status.cluster().value();
            case VantageTransition transition -> transition.cluster() + "/" + transition.vantage().name();
            case VantageStatus status -> status.cluster() + "/" + status.vantage().name();
            case HealthProgress progress -> Integer.toString(progress.partition());
            case FailoverTransition transition -> transition.service().value();
            case ServiceStatus status -> status.service().value();
            case Decision decision -> decision.incident();
            case ActionRequest request -> request.serialKey();
            case ActionOutcome outcome -> outcome(outcome.request().serialKey(), outcome.request().id());
            case Alert alert -> alert.key();
            case Notification notification -> notification.incident();
            case Delivery delivery -> delivery.incident();
            case Intent intent -> intent.key();
            case Order order -> order.id();
            case ClusterFacts facts -> facts.cluster().value();
            case PolicyRecord policy -> policy.revision();
            default -> throw new IllegalArgumentException("no event: " + event.getClass().getName());
        };
    }

    /** Key of {@code action-outcomes}. */
    public static String outcome(String serialKey, String requestId) {
        return serialKey + "/" + requestId;
    }

    /** The part of an event that decides its partition: the cluster id, the serial key, else the record key. */
    public static String partitionKey(Object event) {
        return switch (event) {
            case NodeTarget target -> target.node().cluster().value();
            case NodeTransition transition -> transition.node().cluster().value();
            case NodeStatus status -> status.target().node().cluster().value();
            case VantageTransition transition -> transition.cluster().value();
            case VantageStatus status -> status.cluster().value();
            case ActionOutcome outcome -> outcome.request().serialKey();
            default -> of(event);
        };
    }
}
