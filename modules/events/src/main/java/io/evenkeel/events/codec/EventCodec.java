package io.evenkeel.events.codec;

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
import io.evenkeel.events.PolicyRecord;
import io.evenkeel.events.Tick;
import io.evenkeel.events.UndecodableEventException;
import io.evenkeel.events.UndecodableEventException.Reason;
import org.apache.avro.specific.SpecificRecord;

/** Every event of ours, domain object to generated record and back. Without state. */
public final class EventCodec {

    private EventCodec() {}

    /**
     * The record of an event.
     *
     * @throws IllegalArgumentException for anything that is no event of ours
     */
    public static SpecificRecord encode(Object event) {
        return switch (event) {
            case ProbeResult result -> ProbeCodec.encode(result);
            case Tick tick -> new io.evenkeel.events.avro.Tick(tick.writer(), tick.sequence(),
                    tick.policy().revision(), tick.policy().offset());
            case NodeTarget target -> TargetCodec.encode(target);
            case ClusterExpected expected -> TargetCodec.encode(expected);
            case NodeTransition transition -> NodeCodec.encode(transition);
            case NodeStatus status -> NodeCodec.encode(status);
            case VantageTransition transition -> VantageCodec.encode(transition);
            case VantageStatus status -> VantageCodec.encode(status);
            case ClusterTransition transition -> ClusterCodec.encode(transition);
            case ClusterStatus status -> ClusterCodec.encode(status);
            case HealthProgress progress -> new io.evenkeel.events.avro.HealthProgress(progress.partition(),
                    Wire.micros(progress.judgedUpTo()));
            case FailoverTransition transition -> FailoverCodec.encode(transition);
            case ServiceStatus status -> FailoverCodec.encode(status);
            case Decision decision -> DecisionCodec.encode(decision);
            case ActionRequest request -> ActionCodec.encode(request);
            case ActionOutcome outcome -> ActionCodec.encode(outcome);
            case Alert alert -> AlertCodec.encode(alert);
            case Notification notification -> NotificationCodec.encode(notification);
            case Delivery delivery -> NotificationCodec.encode(delivery);
            case Intent intent -> IntentCodec.encode(intent);
            case Order order -> OrderCodec.encode(order);
            case ClusterFacts facts -> FactsCodec.encode(facts);
            case PolicyRecord policy -> new io.evenkeel.events.avro.Policy(policy.revision(), policy.content(),
                    policy.publishedBy());
            default -> throw new IllegalArgumentException("no event: " + event.getClass().getName());
        };
    }

    /**
     * The event of a record.
     *
     * @throws UndecodableEventException when it is none of ours or breaks a rule of the domain
     */
    public static Object decode(SpecificRecord avro) {
        try {
            return decoded(avro);
        } catch (IllegalArgumentException e) {
            throw new UndecodableEventException(Reason.REJECTED,
                    avro.getSchema().getName() + " rejected: " + e.getMessage(), e);
        }
    }

    private static Object decoded(SpecificRecord avro) {
        return switch (avro) {
            case io.evenkeel.events.avro.ProbeResult result -> ProbeCodec.decode(result);
            case io.evenkeel.events.avro.Tick tick -> new Tick(tick.getWriter(), tick.getSequence(),
                    new Tick.PolicyPointer(tick.getPolicyRevision(), tick.getPolicyOffset()));
            case io.evenkeel.events.avro.Target target -> TargetCodec.decode(target);
            case io.evenkeel.events.avro.NodeTransition transition -> NodeCodec.decode(transition);
            case io.evenkeel.events.avro.NodeState state -> NodeCodec.decode(state);
            case io.evenkeel.events.avro.VantageTransition transition -> VantageCodec.decode(transition);
            case io.evenkeel.events.avro.VantageState state -> VantageCodec.decode(state);
            case io.evenkeel.events.avro.ClusterTransition transition -> ClusterCodec.decode(transition);
            case io.evenkeel.events.avro.ClusterState state -> ClusterCodec.decode(state);
            case io.evenkeel.events.avro.HealthProgress progress -> new HealthProgress(progress.getPartition(),
                    Wire.instant(progress.getJudgedUpToMicros()));
            case io.evenkeel.events.avro.FailoverTransition transition -> FailoverCodec.decode(transition);
            case io.evenkeel.events.avro.ServiceState state -> FailoverCodec.decode(state);
            case io.evenkeel.events.avro.Decision decision -> DecisionCodec.decode(decision);
            case io.evenkeel.events.avro.ActionRequest request -> ActionCodec.decode(request);
            case io.evenkeel.events.avro.ActionOutcome outcome -> ActionCodec.decode(outcome);
            case io.evenkeel.events.avro.Alert alert -> AlertCodec.decode(alert);
            case io.evenkeel.events.avro.Notification notification -> NotificationCodec.decode(notification);
            case io.evenkeel.events.avro.Delivery delivery -> NotificationCodec.decode(delivery);
            case io.evenkeel.events.avro.Intent intent -> IntentCodec.decode(intent);
            case io.evenkeel.events.avro.Order order -> OrderCodec.decode(order);
            case io.evenkeel.events.avro.ClusterFacts facts -> FactsCodec.decode(facts);
            case io.evenkeel.events.avro.Policy policy -> new PolicyRecord(policy.getRevision(), policy.getContent(),
                    policy.getPublishedBy());
            default -> throw new UndecodableEventException(Reason.UNKNOWN_TYPE,
                    "no event of Evenkeel: " + avro.getSchema().getFullName());
        };
    }
}
