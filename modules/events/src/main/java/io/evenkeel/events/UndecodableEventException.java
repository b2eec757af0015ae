package io.evenkeel.events;

import org.apache.kafka.common.errors.SerializationException;

/**
 * Poison: these bytes will never become an event, however often they are read. Belongs into {@code dead-letters}. An
 * outage is never told this way.
 */
public final class UndecodableEventException extends SerializationException {

    /** What is wrong with the bytes; goes into a header of the dead letter. */
    public enum Reason {
        /** Fewer bytes than the format's header has. */
        TRUNCATED,
        /** The first byte is not 0x00: not in Confluent's wire format. */
        BAD_MAGIC_BYTE,
        /** The registry says that it has no schema of this id (40403). */
        UNKNOWN_SCHEMA_ID,
        /** A good Avro record, but none of Evenkeel's events. */
        UNKNOWN_TYPE,
        /** The body can't be read with its schema, or the schema can't be resolved to ours. */
        BAD_BODY,
        /** Well-formed, but against the domain's rules: a name, a range, a kind that this version does not know. */
        REJECTED
    }

    private final Reason reason;

    public UndecodableEventException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public UndecodableEventException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
