package io.evenkeel.events.codec;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.health.ClusterView;
import io.evenkeel.core.health.FailureReason;
import io.evenkeel.core.health.ProbeResult;
import io.evenkeel.core.health.ProbeResult.ClusterProbed;
import io.evenkeel.core.health.ProbeResult.NodeProbed;
import io.evenkeel.core.health.ProbeResult.Outcome;
import io.evenkeel.core.health.ProbeResult.Timing;
import io.evenkeel.core.health.ProbeSource;
import io.evenkeel.events.avro.Canary;
import io.evenkeel.events.avro.Colour;
import io.evenkeel.events.avro.Master;
import io.evenkeel.events.avro.ProbePurpose;
import io.evenkeel.events.avro.ProbeReason;
import io.evenkeel.events.avro.ProbeSubject;
import java.time.Duration;

/** Probe results of nodes and of clusters: one record for both. */
final class ProbeCodec {

    private ProbeCodec() {}

    static io.evenkeel.events.avro.ProbeResult encode(ProbeResult result) {
        var avro = io.evenkeel.events.avro.ProbeResult.newBuilder().setCluster(result.cluster().value())
                .setSource(source(result.source())).setLatencyMicros(Wire.micros(result.timing().latency()))
                .setAgeAtSendMicros(Wire.micros(result.timing().ageAtSend()))
                .setIntervalMillis(result.timing().interval().toMillis());
        switch (result) {
            case NodeProbed node -> {
                avro.setSubject(ProbeSubject.NODE).setNode(node.node().name()).setIncarnation(node.incarnation())
                        .setPurpose(Wire.same(ProbePurpose.class, node.purpose()));
                switch (node.outcome()) {
                    case Outcome.Success() -> avro.setReason(ProbeReason.NONE);
                    case Outcome.Failure(var reason, var detail) ->
                        avro.setReason(Wire.same(ProbeReason.class, reason)).setDetail(detail);
                }
            }
            case ClusterProbed cluster -> avro.setSubject(ProbeSubject.CLUSTER).setPurpose(ProbePurpose.SCHEDULED)
                    .setReason(ProbeReason.NONE).setClusterView(view(cluster.view()));
        }
        return avro.build();
    }

    static ProbeResult decode(io.evenkeel.events.avro.ProbeResult avro) {
        var cluster = new ClusterId(avro.getCluster());
        var source = source(avro.getSource());
        var timing = new Timing(Wire.duration(avro.getLatencyMicros()), Wire.duration(avro.getAgeAtSendMicros()),
                Duration.ofMillis(avro.getIntervalMillis()));
        return switch (avro.getSubject()) {
            case NODE -> new NodeProbed(new NodeId(cluster, avro.getNode()), avro.getIncarnation(), source,
                    Wire.same(ProbeResult.Purpose.class, avro.getPurpose()), outcome(avro), timing);
            case CLUSTER -> {
                var view = avro.getClusterView();
                if (view == null) {
                    throw new IllegalArgumentException("the result of a cluster probe must have a clusterView");
                }
                yield new ClusterProbed(cluster, source, view(view), timing);
            }
            case UNKNOWN -> throw new IllegalArgumentException("subject must be NODE or CLUSTER");
        };
    }

    static io.evenkeel.events.avro.ProbeSource source(ProbeSource source) {
        return io.evenkeel.events.avro.ProbeSource.newBuilder().setVantage(source.vantage()).setZone(source.zone())
                .setAgent(source.agent()).setBootId(source.bootId()).setCounter(source.counter()).build();
    }

    static ProbeSource source(io.evenkeel.events.avro.ProbeSource avro) {
        return new ProbeSource(avro.getVantage(), avro.getZone(), avro.getAgent(), avro.getBootId(),
                avro.getCounter());
    }

    private static Outcome outcome(io.evenkeel.events.avro.ProbeResult avro) {
        return avro.getReason() == ProbeReason.NONE
                ? new Outcome.Success()
                : new Outcome.Failure(Wire.same(FailureReason.class, avro.getReason()), avro.getDetail());
    }

    private static io.evenkeel.events.avro.ClusterView view(ClusterView view) {
        return io.evenkeel.events.avro.ClusterView.newBuilder().setNodesTried(view.nodesTried())
                .setNodesAnswered(view.nodesAnswered()).setCanary(Wire.same(Canary.class, view.canary()))
                .setColour(Wire.same(Colour.class, view.colour())).setMaster(Wire.same(Master.class, view.master()))
                .setDetail(view.detail()).build();
    }

    private static ClusterView view(io.evenkeel.events.avro.ClusterView avro) {
        return new ClusterView(avro.getNodesTried(), avro.getNodesAnswered(),
                Wire.sameOr(ClusterView.Canary.UNPROVEN, avro.getCanary()),
                Wire.same(ClusterView.Colour.class, avro.getColour()),
                Wire.same(ClusterView.Master.class, avro.getMaster()), avro.getDetail());
    }
}
