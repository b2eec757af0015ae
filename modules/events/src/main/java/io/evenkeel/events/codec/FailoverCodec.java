package io.evenkeel.events.codec;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.ServiceId;
import io.evenkeel.core.decision.FailoverTransition;
import io.evenkeel.core.decision.ServiceStatus;
import io.evenkeel.events.avro.FailoverState;

/** The active side of services. */
final class FailoverCodec {

    private FailoverCodec() {}

    static io.evenkeel.events.avro.FailoverTransition encode(FailoverTransition transition) {
        return io.evenkeel.events.avro.FailoverTransition.newBuilder().setService(transition.service().value())
                .setActive(transition.active().value())
                .setState(Wire.same(FailoverState.class, transition.state()))
                .setAtMicros(Wire.micros(transition.at())).setVersion(transition.version())
                .setPreviousVersion(transition.previousVersion()).setIncident(transition.incident())
                .setReason(transition.reason()).build();
    }

    static FailoverTransition decode(io.evenkeel.events.avro.FailoverTransition avro) {
        return new FailoverTransition(new ServiceId(avro.getService()), new ClusterId(avro.getActive()),
                Wire.same(FailoverTransition.State.class, avro.getState()), Wire.instant(avro.getAtMicros()),
                avro.getVersion(), avro.getPreviousVersion(), avro.getIncident(), avro.getReason());
    }

    static io.evenkeel.events.avro.ServiceState encode(ServiceStatus status) {
        return io.evenkeel.events.avro.ServiceState.newBuilder().setService(status.service().value())
                .setActive(status.active().value()).setState(Wire.same(FailoverState.class, status.state()))
                .setSinceMicros(Wire.micros(status.since())).setVersion(status.version()).build();
    }

    static ServiceStatus decode(io.evenkeel.events.avro.ServiceState avro) {
        return new ServiceStatus(new ServiceId(avro.getService()), new ClusterId(avro.getActive()),
                Wire.same(FailoverTransition.State.class, avro.getState()), Wire.instant(avro.getSinceMicros()),
                avro.getVersion());
    }
}
