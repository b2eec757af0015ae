package io.evenkeel.topology.run;

import io.evenkeel.events.registry.RegistryUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.kafka.common.errors.ApplicationRecoverableException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TransactionAbortableException;

/**
 * Which errors that end a thread of Kafka Streams a new thread gets over, beginning with what was committed last.
 *
 * <ul>
 * <li>An outage that outlasted the wait: Kafka or the registry. It ends when they are back, so there is no limit.
 * <li>A transaction that the broker ended: a process that stood still (SIGSTOP, a machine moved to another host) for longer
 * than {@code transaction.timeout.ms}. Kafka Streams mostly notices by itself, but not when the pause fell into a commit:
 * that ends in {@link InvalidTxnStateException}, for which KIP-1050 wants a new producer, as for all that an application
 * recovers from. At most {@link #LOST_TRANSACTIONS} of them within {@link #WINDOW}: more is no pause but a fault that goes
 * on, and a process that dies of it is noticed.
 * </ul>
 *
 * Anything else would happen again.
 */
final class ThreadFailures {

    static final int LOST_TRANSACTIONS = 10;
    static final Duration WINDOW = Duration.ofMinutes(10);

    private static final List<Class<? extends Exception>> OUTAGES = List.of(RegistryUnavailableException.class,
            TimeoutException.class);
    private static final List<Class<? extends Exception>> LOST = List.of(InvalidTxnStateException.class,
            ApplicationRecoverableException.class, TransactionAbortableException.class);

    private final Deque<Instant> lost = new ArrayDeque<>();

    /** Whether a new thread may go on; counts what it is asked about. */
    synchronized boolean mayStartOver(Throwable error, Instant now) {
        if (isCausedBy(OUTAGES, error)) {
            return true;
        }
        if (!isCausedBy(LOST, error)) {
            return false;
        }
        lost.removeIf(before -> before.isBefore(now.minus(WINDOW)));
        lost.add(now);
        return lost.size() <= LOST_TRANSACTIONS;
    }

    private static boolean isCausedBy(List<Class<? extends Exception>> types, Throwable error) {
        for (var cause = error; cause != null; cause = cause.getCause()) {
            if (isAny(types, cause)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAny(List<Class<? extends Exception>> types, Throwable error) {
        return types.stream().anyMatch(type -> type.isInstance(error));
    }
}
