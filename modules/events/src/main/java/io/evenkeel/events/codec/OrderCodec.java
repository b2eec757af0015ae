package io.evenkeel.events.codec;

import io.evenkeel.core.decision.Order;
import io.evenkeel.events.avro.OrderKind;

/** What people say about one incident. */
final class OrderCodec {

    private OrderCodec() {}

    static io.evenkeel.events.avro.Order encode(Order order) {
        return io.evenkeel.events.avro.Order.newBuilder().setId(order.id())
                .setKind(Wire.same(OrderKind.class, order.kind())).setIncident(order.incident()).setBy(order.by())
                .setReason(order.reason()).setGivenAtMicros(Wire.micros(order.givenAt()))
                .setExpiresAtMicros(Wire.micros(order.expiresAt())).setVersion(order.version()).build();
    }

    static Order decode(io.evenkeel.events.avro.Order avro) {
        return new Order(avro.getId(), Wire.same(Order.Kind.class, avro.getKind()), avro.getIncident(), avro.getBy(),
                avro.getReason(), Wire.instant(avro.getGivenAtMicros()), Wire.instant(avro.getExpiresAtMicros()),
                avro.getVersion());
    }
}
