package io.evenkeel.events.kafka;

/** Kafka did not acknowledge in time what a person said; the message says what to do. */
public final class NotAcknowledgedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public NotAcknowledgedException(String message, Throwable cause) {
        super(message, cause);
    }
}
