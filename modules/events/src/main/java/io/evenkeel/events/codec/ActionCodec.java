package io.evenkeel.events.codec;

import io.evenkeel.core.action.ActionOutcome;
import io.evenkeel.core.action.ActionRequest;
import io.evenkeel.core.action.Command;
import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.cluster.ServiceId;
import io.evenkeel.events.avro.CommandKind;
import io.evenkeel.events.avro.FailOver;
import io.evenkeel.events.avro.OutcomeStatus;
import io.evenkeel.events.avro.ReplaceInstance;
import org.jspecify.annotations.Nullable;

/**
 * Requests and outcomes. A command is a kind and one field of its own, not a union: a union can't grow without breaking
 * older readers.
 */
final class ActionCodec {

    private ActionCodec() {}

    static io.evenkeel.events.avro.ActionRequest encode(ActionRequest request) {
        var avro = io.evenkeel.events.avro.ActionRequest.newBuilder().setId(request.id())
                .setIncident(request.incident()).setIssuedAtMicros(Wire.micros(request.issuedAt()))
                .setExpiresAtMicros(Wire.micros(request.expiresAt()))
                .setTransitionVersion(request.transitionVersion()).setPolicyRevision(request.policyRevision())
                .setReason(request.reason());
        switch (request.command()) {
            case Command.ReplaceInstance(var node, var group, var instance) -> avro
                    .setCommand(CommandKind.REPLACE_INSTANCE)
                    .setReplaceInstance(new ReplaceInstance(node.cluster().value(), node.name(), group, instance));
            case Command.FailOver(var service, var from, var to, var epoch) -> avro.setCommand(CommandKind.FAIL_OVER)
                    .setFailOver(new FailOver(service.value(), from.value(), to.value(), epoch));
        }
        return avro.build();
    }

    static ActionRequest decode(io.evenkeel.events.avro.ActionRequest avro) {
        return new ActionRequest(avro.getId(), avro.getIncident(), command(avro),
                Wire.instant(avro.getIssuedAtMicros()), Wire.instant(avro.getExpiresAtMicros()),
                avro.getTransitionVersion(), avro.getPolicyRevision(), avro.getReason());
    }

    static io.evenkeel.events.avro.ActionOutcome encode(ActionOutcome outcome) {
        return io.evenkeel.events.avro.ActionOutcome.newBuilder().setRequest(encode(outcome.request()))
                .setStatus(Wire.same(OutcomeStatus.class, outcome.status())).setOwner(outcome.owner())
                .setAttempt(outcome.attempt()).setLeaseUntilMicros(Wire.micros(outcome.leaseUntil()))
                .setAtMicros(Wire.micros(outcome.at())).setDetail(outcome.detail()).build();
    }

    static ActionOutcome decode(io.evenkeel.events.avro.ActionOutcome avro) {
        return new ActionOutcome(decode(avro.getRequest()),
                Wire.sameOr(ActionOutcome.Status.UNKNOWN_EFFECT, avro.getStatus()), avro.getOwner(),
                avro.getAttempt(), Wire.instant(avro.getLeaseUntilMicros()), Wire.instant(avro.getAtMicros()),
                avro.getDetail());
    }

    private static Command command(io.evenkeel.events.avro.ActionRequest avro) {
        return switch (avro.getCommand()) {
            case REPLACE_INSTANCE -> replaceInstance(avro.getReplaceInstance());
            case FAIL_OVER -> failOver(avro.getFailOver());
            case UNKNOWN -> throw new IllegalArgumentException("command must be REPLACE_INSTANCE or FAIL_OVER");
        };
    }

    private static Command replaceInstance(@Nullable ReplaceInstance avro) {
        if (avro == null) {
            throw new IllegalArgumentException("REPLACE_INSTANCE must have replaceInstance");
        }
        return new Command.ReplaceInstance(new NodeId(new ClusterId(avro.getCluster()), avro.getNode()),
                avro.getAutoScalingGroup(), avro.getInstanceId());
    }

    private static Command failOver(@Nullable FailOver avro) {
        if (avro == null) {
            throw new IllegalArgumentException("FAIL_OVER must have failOver");
        }
        return new Command.FailOver(new ServiceId(avro.getService()), new ClusterId(avro.getFromCluster()),
                new ClusterId(avro.getToCluster()), avro.getEpoch());
    }
}
