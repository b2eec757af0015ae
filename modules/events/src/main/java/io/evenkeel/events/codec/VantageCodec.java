package io.evenkeel.events.codec;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.Vantage;
import io.evenkeel.core.health.VantageState;
import io.evenkeel.core.health.VantageStatus;
import io.evenkeel.core.health.VantageTransition;
import io.evenkeel.events.avro.VantageHealth;

/** Transitions and states of vantages. */
final class VantageCodec {

    private VantageCodec() {}

    static io.evenkeel.events.avro.VantageTransition encode(VantageTransition transition) {
        return io.evenkeel.events.avro.VantageTransition.newBuilder().setCluster(transition.cluster().value())
                .setVantage(vantage(transition.vantage())).setFrom(Wire.same(VantageHealth.class, transition.from()))
                .setTo(Wire.same(VantageHealth.class, transition.to())).setAtMicros(Wire.micros(transition.at()))
                .setVersion(transition.version()).setPreviousVersion(transition.previousVersion())
                .setReason(transition.reason()).setPolicyRevision(transition.policyRevision()).build();
    }

    static VantageTransition decode(io.evenkeel.events.avro.VantageTransition avro) {
        return new VantageTransition(new ClusterId(avro.getCluster()), vantage(avro.getVantage()),
                Wire.same(VantageState.class, avro.getFrom()), Wire.same(VantageState.class, avro.getTo()),
                Wire.instant(avro.getAtMicros()), avro.getVersion(), avro.getPreviousVersion(), avro.getReason(),
                avro.getPolicyRevision());
    }

    static io.evenkeel.events.avro.VantageState encode(VantageStatus status) {
        return io.evenkeel.events.avro.VantageState.newBuilder().setCluster(status.cluster().value())
                .setVantage(vantage(status.vantage())).setState(Wire.same(VantageHealth.class, status.state()))
                .setSinceMicros(Wire.micros(status.since())).setVersion(status.version())
                .setReason(status.reason()).build();
    }

    static VantageStatus decode(io.evenkeel.events.avro.VantageState avro) {
        return new VantageStatus(new ClusterId(avro.getCluster()), vantage(avro.getVantage()),
                Wire.same(VantageState.class, avro.getState()), Wire.instant(avro.getSinceMicros()), avro.getVersion(),
                avro.getReason());
    }

    private static io.evenkeel.events.avro.Vantage vantage(Vantage vantage) {
        return new io.evenkeel.events.avro.Vantage(vantage.name(), vantage.zone());
    }

    private static Vantage vantage(io.evenkeel.events.avro.Vantage avro) {
        return new Vantage(avro.getName(), avro.getZone());
    }
}
