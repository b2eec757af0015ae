package io.evenkeel.events.codec;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.health.ClusterView;
import io.evenkeel.core.health.FailureReason;
import io.evenkeel.core.health.ProbeResult;
import io.evenkeel.core.health.ProbeResult.ClusterProbed;
import io.evenkeel.core.health.ProbeResult.NodeProbed;
import io.evenkeel.core.health.ProbeResult.NodeReported;
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
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Probe results of nodes and of clusters: one record for both. */
final class ProbeCodec {

    private ProbeCodec() {}

    static io.evenkeel.events.avro.ProbeResult encode(ProbeResult result) {
        var avro = io.evenkeel.events.avro.ProbeResult.newBuilder().setCluster(result.cluster().value())
                .setSource(source(result.source())).setLatencyMicros(Wire.micros(result.timing().latency()))
                .setAgeAtSendMicros(Wire.micros(result.timing().ageAtSend()))
                .setIntervalMillis(result.timing().interval().toMillis())
                .setLatenessMicros(Wire.micros(result.timing().lateness()));
        switch (result) {
            case NodeProbed node -> {
                avro.setSubject(ProbeSubject.NODE).setNode(node.node().name()).setIncarnation(node.incarnation())
                        .setPurpose(Wire.same(ProbePurpose.class, node.purpose()));
                setOutcome(avro, node.outcome());
            }
            case NodeReported report -> {
                avro.setSubject(ProbeSubject.NODE_REPORT).setNode(report.node().name())
                        .setIncarnation(report.incarnation()).setPurpose(ProbePurpose.SCHEDULED);
                setOutcome(avro, report.outcome());
            }
            case ClusterProbed cluster -> avro.setSubject(ProbeSubject.CLUSTER).setPurpose(ProbePurpose.SCHEDULED)
                    .setReason(ProbeReason.NONE).setClusterView(view(cluster.view()));
        }
        return avro.build();
    }

    private static void setOutcome(io.evenkeel.events.avro.ProbeResult.Builder avro, Outcome outcome) {
        switch (outcome) {
            case Outcome.Success() -> avro.setReason(ProbeReason.NONE);
            case Outcome.Failure(var reason, var detail) ->
                avro.setReason(Wire.same(ProbeReason.class, reason)).setDetail(detail);
        }
    }

    static ProbeResult decode(io.evenkeel.events.avro.ProbeResult avro) {
        var cluster = new ClusterId(avro.getCluster());
        var source = source(avro.getSource());
        var timing = new Timing(Wire.duration(avro.getLatencyMicros()), Wire.duration(avro.getAgeAtSendMicros()),
                Duration.ofMillis(avro.getIntervalMillis()), Wire.duration(avro.getLatenessMicros()));
        return switch (avro.getSubject()) {
            case NODE -> new NodeProbed(new NodeId(cluster, avro.getNode()), avro.getIncarnation(), source,
                    Wire.same(ProbeResult.Purpose.class, avro.getPurpose()), outcome(avro), timing);
            case NODE_REPORT -> new NodeReported(new NodeId(cluster, avro.getNode()), avro.getIncarnation(), source,
                    outcome(avro), timing);
            case CLUSTER -> {
                var view = avro.getClusterView();
                if (view == null) {
                    throw new IllegalArgumentException("the result of a cluster probe must have a clusterView");
                }
                yield new ClusterProbed(cluster, source, view(view), timing);
            }
            case UNKNOWN -> throw new IllegalArgumentException("subject must be NODE, NODE_REPORT or CLUSTER");
        };
    }

    static io.evenkeel.events.avro.ProbeSource source(ProbeSource source) {
        return io.evenkeel.events.avro.ProbeSource.newBuilder().setVantage(source.vantage()).setZone(source.zone())
                .setAgent(source.agent()).setBootId(source.bootId()).setCounter(source.counter())
                .setDoubt(source.doubt()).build();
    }

    static ProbeSource source(io.evenkeel.events.avro.ProbeSource avro) {
        return new ProbeSource(avro.getVantage(), avro.getZone(), avro.getAgent(), avro.getBootId(),
                avro.getCounter(), avro.getDoubt());
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
                .setMembers(members(view.members())).setDetail(view.detail()).build();
    }

    private static @Nullable List<String> members(ClusterView.Members members) {
        return switch (members) {
            case ClusterView.Members.Listed(var nodes) -> List.copyOf(nodes);
            case ClusterView.Members.Unknown() -> null;
        };
    }

    private static ClusterView.Members members(@Nullable List<String> nodes) {
        return nodes == null
                ? new ClusterView.Members.Unknown()
                : new ClusterView.Members.Listed(new TreeSet<>(nodes));
    }

    private static ClusterView view(io.evenkeel.events.avro.ClusterView avro) {
        return new ClusterView(avro.getNodesTried(), avro.getNodesAnswered(),
                Wire.sameOr(ClusterView.Canary.UNPROVEN, avro.getCanary()),
                Wire.same(ClusterView.Colour.class, avro.getColour()),
                Wire.same(ClusterView.Master.class, avro.getMaster()), members(avro.getMembers()), avro.getDetail());
    }
}
