package io.evenkeel.topology.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.events.registry.RegistryUnavailableException;
import java.time.Instant;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TransactionAbortableException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

/** Which errors cost a thread, and which the process. */
final class ThreadFailuresTest {

    private static final Instant NOW = Instant.parse("2026-11-29T03:00:00Z");

    private final ThreadFailures failures = new ThreadFailures();

    private boolean goesOn(RuntimeException cause, Instant now) {
        return failures.mayStartOver(new StreamsException("Error encountered trying to commit a transaction", cause),
                now);
    }

    @Test
    void aTransactionThatTheBrokerEndedCostsTheThreadOnly() {
        assertThat(goesOn(new InvalidTxnStateException("invalid state"), NOW)).isTrue();
        assertThat(goesOn(new ProducerFencedException("epoch"), NOW)).isTrue();
        assertThat(goesOn(new TransactionAbortableException("aborted"), NOW)).isTrue();
    }

    @Test
    void transactionsLostAgainAndAgainCostTheProcess() {
        var lost = new InvalidTxnStateException("invalid state");
        for (int i = 0; i < ThreadFailures.LOST_TRANSACTIONS; i++) {
            assertThat(goesOn(lost, NOW.plusSeconds(i))).isTrue();
        }
        assertThat(goesOn(lost, NOW.plusSeconds(60))).isFalse();
        assertThat(goesOn(lost, NOW.plus(ThreadFailures.WINDOW).plusSeconds(10))).isTrue();
    }

    @Test
    void anOutageIsWaitedOutHoweverLong() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(goesOn(new TimeoutException("60000 ms"), NOW.plusSeconds(i))).isTrue();
            assertThat(goesOn(new RegistryUnavailableException("refused"), NOW.plusSeconds(i))).isTrue();
        }
    }

    @Test
    void whatWouldHappenAgainCostsTheProcess() {
        assertThat(goesOn(new SerializationException("no such field"), NOW)).isFalse();
        assertThat(failures.mayStartOver(new OutOfMemoryError("heap"), NOW)).isFalse();
    }
}
