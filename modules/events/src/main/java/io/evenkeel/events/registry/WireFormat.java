package io.evenkeel.events.registry;

import io.evenkeel.events.UndecodableEventException;
import io.evenkeel.events.UndecodableEventException.Reason;
import java.nio.ByteBuffer;

/** Confluent's wire format: 0x00, schema id as 4 bytes big-endian, Avro binary body. */
final class WireFormat {

    static final byte MAGIC = 0;
    static final int HEADER_BYTES = 5;

    private WireFormat() {}

    static byte[] header(int schemaId) {
        return ByteBuffer.allocate(HEADER_BYTES).put(MAGIC).putInt(schemaId).array();
    }

    /**
     * The schema id of a message.
     *
     * @throws UndecodableEventException when there is none
     */
    static int schemaId(byte[] message) {
        if (message.length > 0 && message[0] != MAGIC) {
            throw new UndecodableEventException(Reason.BAD_MAGIC_BYTE,
                    "first byte must be 0x00, was 0x%02x".formatted(message[0]));
        }
        if (message.length < HEADER_BYTES) {
            throw new UndecodableEventException(Reason.TRUNCATED,
                    "needs at least 5 bytes for the header, has " + message.length);
        }
        return ByteBuffer.wrap(message).getInt(1);
    }
}
