package io.evenkeel.events.codec;

import io.evenkeel.core.alert.Alert;
import io.evenkeel.events.avro.AlertStatus;
import io.evenkeel.events.avro.Severity;
import java.util.TreeMap;

/** Alerts. What a newer writer says is read on the loud side. */
final class AlertCodec {

    private AlertCodec() {}

    static io.evenkeel.events.avro.Alert encode(Alert alert) {
        return io.evenkeel.events.avro.Alert.newBuilder().setKey(alert.key()).setSequence(alert.sequence())
                .setStatus(Wire.same(AlertStatus.class, alert.status()))
                .setSeverity(Wire.same(Severity.class, alert.severity())).setSubject(alert.subject())
                .setLabels(alert.labels()).setTitle(alert.title()).setLines(alert.lines())
                .setSinceMicros(Wire.micros(alert.since()))
                .setAtMicros(Wire.micros(alert.at())).build();
    }

    static Alert decode(io.evenkeel.events.avro.Alert avro) {
        return new Alert(avro.getKey(), avro.getSequence(), Wire.sameOr(Alert.Status.FIRING, avro.getStatus()),
                Wire.sameOr(Alert.Severity.PAGE, avro.getSeverity()), avro.getSubject(),
                new TreeMap<>(avro.getLabels()), avro.getTitle(),
                avro.getLines(), Wire.instant(avro.getSinceMicros()), Wire.instant(avro.getAtMicros()));
    }
}
