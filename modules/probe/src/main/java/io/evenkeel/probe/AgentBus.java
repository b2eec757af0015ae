package io.evenkeel.probe;

import io.evenkeel.probe.discovery.TargetWriter;
import io.evenkeel.probe.schedule.ResultOutbox;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the agent has to do with topics: results and targets out, targets in. */
interface AgentBus extends ResultOutbox.Sink, TargetWriter, AutoCloseable {

    /** Told of each record of {@code targets}. */
    @FunctionalInterface
    interface TargetListener {
        /** @param value NodeTarget or ClusterExpected; null for a tombstone */
        void changed(String key, @Nullable Object value, Instant appendedAt);
    }

    /** Begins to read {@code targets} from the beginning. */
    void start(TargetListener listener);

    /** Waits until all that stands in {@code targets} now has been told; false when it took too long. */
    boolean awaitCaughtUp(Duration timeout) throws InterruptedException;

    @Override
    void close();
}
