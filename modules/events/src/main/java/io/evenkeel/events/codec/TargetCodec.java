package io.evenkeel.events.codec;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.cluster.NodeTarget;
import io.evenkeel.core.cluster.Vantage;
import io.evenkeel.core.health.HealthInput.ClusterExpected;
import io.evenkeel.events.avro.Target;
import io.evenkeel.events.avro.TargetKind;
import io.evenkeel.events.avro.TargetPhase;
import java.util.List;

/** Nodes and clusters that are expected: one record for both. */
final class TargetCodec {

    private TargetCodec() {}

    static Target encode(NodeTarget target) {
        return Target.newBuilder().setKind(TargetKind.NODE).setCluster(target.node().cluster().value())
                .setNode(target.node().name()).setIncarnation(target.incarnation()).setUrl(target.url())
                .setZone(target.zone()).setRoles(target.roles())
                .setAutoScalingGroup(target.autoScalingGroup()).setVantages(vantages(target.vantages()))
                .setPhase(Wire.same(TargetPhase.class, target.phase())).build();
    }

    static Target encode(ClusterExpected expected) {
        return Target.newBuilder().setKind(TargetKind.CLUSTER).setCluster(expected.cluster().value())
                .setVantages(vantages(expected.vantages())).setPhase(TargetPhase.EXPECTED).build();
    }

    /** A {@link NodeTarget} or a {@link ClusterExpected}. */
    static Object decode(Target avro) {
        return switch (avro.getKind()) {
            case NODE -> node(avro);
            case CLUSTER -> new ClusterExpected(new ClusterId(avro.getCluster()), expectedBy(avro));
            case UNKNOWN -> throw new IllegalArgumentException("kind must be NODE or CLUSTER");
        };
    }

    static NodeTarget node(Target avro) {
        if (avro.getKind() != TargetKind.NODE) {
            throw new IllegalArgumentException("kind must be NODE, was " + avro.getKind());
        }
        return new NodeTarget(new NodeId(new ClusterId(avro.getCluster()), avro.getNode()), avro.getIncarnation(),
                avro.getUrl(), avro.getZone(), avro.getRoles(), avro.getAutoScalingGroup(),
                expectedBy(avro), Wire.same(NodeTarget.Phase.class, avro.getPhase()));
    }

    private static List<io.evenkeel.events.avro.Vantage> vantages(List<Vantage> vantages) {
        return vantages.stream().map(v -> new io.evenkeel.events.avro.Vantage(v.name(), v.zone())).toList();
    }

    private static List<Vantage> expectedBy(Target avro) {
        return avro.getVantages().stream().map(v -> new Vantage(v.getName(), v.getZone())).toList();
    }
}
