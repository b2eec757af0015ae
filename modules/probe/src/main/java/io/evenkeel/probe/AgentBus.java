package io.evenkeel.probe;

import io.evenkeel.core.facts.ClusterFacts;
import io.evenkeel.probe.discovery.TargetWriter;
import io.evenkeel.probe.schedule.ResultOutbox;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the agent has to do with topics: results and targets out, targets in, and its shares of its vantage's targets. */
interface AgentBus extends ResultOutbox.Sink, TargetWriter, AutoCloseable {

    /** Told of each record of {@code targets}. */
    @FunctionalInterface
    interface TargetListener {
        /** @param value NodeTarget or ClusterExpected; null for a tombstone */
        void changed(String key, @Nullable Object value, Instant appendedAt);
    }

    /** Told of each change, with all shares that are this agent's from now on. */
    @FunctionalInterface
    interface ShareListener {
        void changed(Shares shares);
    }

    /** Begins to read {@code targets} from the beginning, and asks for shares; there are none before the first is told. */
    void start(TargetListener targets, ShareListener shares);

    /** Waits until all that stands in {@code targets} now has been told; false when it took too long. */
    boolean awaitCaughtUp(Duration timeout) throws InterruptedException;

    /** Sends what was read of a cluster. */
    void tell(ClusterFacts facts);

    @Override
    void close();
}
