package io.evenkeel.channels;

import io.evenkeel.core.notification.Notification;
import java.time.Duration;
import java.util.Optional;

/** A way to reach people or their tools. Used by one thread at a time. */
public interface Channel extends AutoCloseable {

    /** Sends one; blocks up to the adapter's call time-out and returns every failure. No detail has a secret in it. */
    Receipt send(Notification notification);

    @Override
    default void close() {}

    /** What the receiver said. */
    sealed interface Receipt {

        /** @param id the id that the receiver gave it; empty when it gives none */
        record Taken(String id) implements Receipt {}

        /**
         * Not now: rate limit, server error, no answer, or a key that is not accepted. It may have arrived all the same.
         *
         * @param detail one line for people: status and message, or what the connection said
         * @param retryAfter how long the receiver asks to wait; empty when it does not say
         */
        record Later(String detail, Optional<Duration> retryAfter) implements Receipt {}

        /** This one can never be taken (malformed, too large); others may. */
        record Refused(String detail) implements Receipt {

            /** What a dead-man's switch says to all but heartbeats. */
            public static Refused noHeartbeat(Notification.Kind kind) {
                return new Refused("a dead-man's switch takes heartbeats only, not " + kind
                        + ": it would say that all is well");
            }
        }
    }
}
