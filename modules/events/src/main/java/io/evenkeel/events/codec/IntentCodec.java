package io.evenkeel.events.codec;

import io.evenkeel.core.decision.Intent;
import io.evenkeel.events.avro.IntentKind;

/** Standing orders of people. */
final class IntentCodec {

    private IntentCodec() {}

    static io.evenkeel.events.avro.Intent encode(Intent intent) {
        return io.evenkeel.events.avro.Intent.newBuilder().setKind(Wire.same(IntentKind.class, intent.kind()))
                .setSubject(intent.subject()).setBy(intent.by()).setReason(intent.reason())
                .setSetAtMicros(Wire.micros(intent.setAt())).setExpiresAtMicros(Wire.micros(intent.expiresAt()))
                .build();
    }

    static Intent decode(io.evenkeel.events.avro.Intent avro) {
        return new Intent(Wire.same(Intent.Kind.class, avro.getKind()), avro.getSubject(), avro.getBy(),
                avro.getReason(), Wire.instant(avro.getSetAtMicros()), Wire.instant(avro.getExpiresAtMicros()));
    }
}
