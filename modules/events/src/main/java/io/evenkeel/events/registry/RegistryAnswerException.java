package io.evenkeel.events.registry;

import org.apache.kafka.common.errors.SerializationException;

/** The registry answered, and said no: not found, incompatible, invalid. */
public final class RegistryAnswerException extends SerializationException {

    /** Error code of the registry for a subject that it does not have. */
    public static final int SUBJECT_NOT_FOUND = 40401;
    /** Error code of the registry for a schema that it does not have. */
    public static final int SCHEMA_NOT_FOUND = 40403;

    private final int code;

    RegistryAnswerException(int code, String message) {
        super(message);
        this.code = code;
    }

    /** Confluent's error code, such as {@value #SCHEMA_NOT_FOUND}. */
    public int code() {
        return code;
    }
}
