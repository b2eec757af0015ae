package io.evenkeel.events.kafka;

/** A topic exists, but not as it must be; the message says what it is, what it must be and what to do. */
public final class TopicMismatchException extends RuntimeException {

    TopicMismatchException(String message) {
        super(message);
    }
}
