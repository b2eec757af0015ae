package io.evenkeel.events.codec;

import io.evenkeel.core.alert.Alert;
import io.evenkeel.core.alert.Delivery;
import io.evenkeel.core.notification.Link;
import io.evenkeel.core.notification.Notification;
import io.evenkeel.events.avro.DeliveryOutcome;
import io.evenkeel.events.avro.NotificationKind;
import io.evenkeel.events.avro.Severity;
import java.util.TreeMap;

/** What people are told, and whether it reached them. */
final class NotificationCodec {

    private NotificationCodec() {}

    static io.evenkeel.events.avro.Notification encode(Notification notification) {
        return io.evenkeel.events.avro.Notification.newBuilder().setIncident(notification.incident())
                .setSequence(notification.sequence())
                .setKind(Wire.same(NotificationKind.class, notification.kind()))
                .setSeverity(Wire.same(Severity.class, notification.severity())).setChannels(notification.channels())
                .setLabels(notification.labels()).setTitle(notification.title())
                .setAlerts(notification.alerts().stream().map(AlertCodec::encode).toList())
                .setFiring(notification.firing()).setResolved(notification.resolved()).setBy(notification.by())
                .setLinks(notification.links().stream().map(NotificationCodec::encode).toList())
                .setSinceMicros(Wire.micros(notification.since())).setAtMicros(Wire.micros(notification.at())).build();
    }

    private static io.evenkeel.events.avro.Link encode(Link link) {
        return io.evenkeel.events.avro.Link.newBuilder().setText(link.text()).setUrl(link.url()).build();
    }

    static Notification decode(io.evenkeel.events.avro.Notification avro) {
        return new Notification(avro.getIncident(), avro.getSequence(),
                Wire.sameOr(Notification.Kind.UPDATED, avro.getKind()),
                Wire.sameOr(Alert.Severity.PAGE, avro.getSeverity()), avro.getChannels(),
                new TreeMap<>(avro.getLabels()), avro.getTitle(),
                avro.getAlerts().stream().map(AlertCodec::decode).toList(), avro.getFiring(), avro.getResolved(),
                avro.getBy(), avro.getLinks().stream().map(link -> new Link(link.getText(), link.getUrl())).toList(),
                Wire.instant(avro.getSinceMicros()), Wire.instant(avro.getAtMicros()));
    }

    static io.evenkeel.events.avro.Delivery encode(Delivery delivery) {
        return io.evenkeel.events.avro.Delivery.newBuilder().setIncident(delivery.incident())
                .setSequence(delivery.sequence()).setChannel(delivery.channel()).setVia(delivery.via())
                .setOutcome(Wire.same(DeliveryOutcome.class, delivery.outcome())).setAttempt(delivery.attempt())
                .setReceipt(delivery.receipt()).setDetail(delivery.detail()).setAtMicros(Wire.micros(delivery.at()))
                .build();
    }

    static Delivery decode(io.evenkeel.events.avro.Delivery avro) {
        return new Delivery(avro.getIncident(), avro.getSequence(), avro.getChannel(), avro.getVia(),
                Wire.sameOr(Delivery.Outcome.FAILING, avro.getOutcome()), avro.getAttempt(), avro.getReceipt(),
                avro.getDetail(), Wire.instant(avro.getAtMicros()));
    }
}
