package io.evenkeel.events.codec;

import io.evenkeel.core.health.NodeState;
import io.evenkeel.core.health.NodeStatus;
import io.evenkeel.core.health.NodeTransition;
import io.evenkeel.events.avro.NodeHealth;

/** Transitions and states of nodes. */
final class NodeCodec {

    private NodeCodec() {}

    static io.evenkeel.events.avro.NodeTransition encode(NodeTransition transition) {
        return io.evenkeel.events.avro.NodeTransition.newBuilder().setTarget(TargetCodec.encode(transition.target()))
                .setFrom(Wire.same(NodeHealth.class, transition.from()))
                .setTo(Wire.same(NodeHealth.class, transition.to())).setAtMicros(Wire.micros(transition.at()))
                .setVersion(transition.version()).setPreviousVersion(transition.previousVersion())
                .setFirstFailureAtMicros(Wire.micros(transition.firstFailureAt()))
                .setCause(TransitionParts.cause(transition.cause())).setReason(transition.reason())
                .setVotes(TransitionParts.encodeVotes(transition.votes()))
                .setEvidence(TransitionParts.encodeEvidence(transition.evidence()))
                .setPolicyRevision(transition.policyRevision()).build();
    }

    static NodeTransition decode(io.evenkeel.events.avro.NodeTransition avro) {
        return new NodeTransition(TargetCodec.node(avro.getTarget()), Wire.same(NodeState.class, avro.getFrom()),
                Wire.same(NodeState.class, avro.getTo()), Wire.instant(avro.getAtMicros()), avro.getVersion(),
                avro.getPreviousVersion(), Wire.instant(avro.getFirstFailureAtMicros()),
                TransitionParts.cause(avro.getCause()), avro.getReason(),
                TransitionParts.votes(avro.getVotes()), TransitionParts.evidence(avro.getEvidence()),
                avro.getPolicyRevision());
    }

    static io.evenkeel.events.avro.NodeState encode(NodeStatus status) {
        return io.evenkeel.events.avro.NodeState.newBuilder().setTarget(TargetCodec.encode(status.target()))
                .setState(Wire.same(NodeHealth.class, status.state())).setSinceMicros(Wire.micros(status.since()))
                .setVersion(status.version()).setCause(TransitionParts.cause(status.cause())).setReason(status.reason())
                .build();
    }

    static NodeStatus decode(io.evenkeel.events.avro.NodeState avro) {
        return new NodeStatus(TargetCodec.node(avro.getTarget()), Wire.same(NodeState.class, avro.getState()),
                Wire.instant(avro.getSinceMicros()), avro.getVersion(), TransitionParts.cause(avro.getCause()),
                avro.getReason());
    }
}
