package io.evenkeel.events.codec;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.health.ClusterState;
import io.evenkeel.core.health.ClusterStatus;
import io.evenkeel.core.health.ClusterTransition;
import io.evenkeel.events.avro.ClusterHealth;

/** Transitions and states of clusters. */
final class ClusterCodec {

    private ClusterCodec() {}

    static io.evenkeel.events.avro.ClusterTransition encode(ClusterTransition transition) {
        return io.evenkeel.events.avro.ClusterTransition.newBuilder().setCluster(transition.cluster().value())
                .setFrom(Wire.same(ClusterHealth.class, transition.from()))
                .setTo(Wire.same(ClusterHealth.class, transition.to())).setAtMicros(Wire.micros(transition.at()))
                .setVersion(transition.version()).setPreviousVersion(transition.previousVersion())
                .setFirstFailureAtMicros(Wire.micros(transition.firstFailureAt())).setReason(transition.reason())
                .setVoters(TransitionParts.voters(transition.voters()))
                .setVotes(TransitionParts.encodeVotes(transition.votes()))
                .setEvidence(TransitionParts.encodeEvidence(transition.evidence()))
                .setPolicyRevision(transition.policyRevision()).setRuleError(transition.ruleError()).build();
    }

    static ClusterTransition decode(io.evenkeel.events.avro.ClusterTransition avro) {
        return new ClusterTransition(new ClusterId(avro.getCluster()), Wire.same(ClusterState.class, avro.getFrom()),
                Wire.same(ClusterState.class, avro.getTo()), Wire.instant(avro.getAtMicros()), avro.getVersion(),
                avro.getPreviousVersion(), Wire.instant(avro.getFirstFailureAtMicros()), avro.getReason(),
                TransitionParts.voters(avro.getVoters()), TransitionParts.votes(avro.getVotes()),
                TransitionParts.evidence(avro.getEvidence()), avro.getPolicyRevision(), avro.getRuleError());
    }

    static io.evenkeel.events.avro.ClusterState encode(ClusterStatus status) {
        return io.evenkeel.events.avro.ClusterState.newBuilder().setCluster(status.cluster().value())
                .setState(Wire.same(ClusterHealth.class, status.state())).setSinceMicros(Wire.micros(status.since()))
                .setVersion(status.version()).setReason(status.reason())
                .setVoters(TransitionParts.voters(status.voters())).build();
    }

    static ClusterStatus decode(io.evenkeel.events.avro.ClusterState avro) {
        return new ClusterStatus(new ClusterId(avro.getCluster()), Wire.same(ClusterState.class, avro.getState()),
                Wire.instant(avro.getSinceMicros()), avro.getVersion(), avro.getReason(),
                TransitionParts.voters(avro.getVoters()));
    }
}
