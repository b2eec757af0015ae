package io.evenkeel.probe;

import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.cluster.NodeTarget;
import io.evenkeel.core.health.ProbeResult;
import io.evenkeel.events.Keys;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Topics of a test: keeps the results, and tells the agent at once what it writes to targets. */
final class InMemoryBus implements AgentBus {
    final List<ProbeResult> results = new CopyOnWriteArrayList<>();
    private volatile @Nullable TargetListener listener;
    private volatile @Nullable NodeTarget lastNode;
    volatile boolean down;

    @Override
    public void start(TargetListener listening) {
        listener = listening;
    }

    @Override
    public boolean awaitCaughtUp(Duration timeout) {
        return true;
    }

    @Override
    public CompletionStage<?> send(ProbeResult result) {
        if (down) {
            return CompletableFuture.failedFuture(new IllegalStateException("no broker"));
        }
        results.add(result);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public synchronized void put(Object target) {
        if (target instanceof NodeTarget nodeTarget) {
            lastNode = nodeTarget;
        }
        tell(Keys.of(target), target);
    }

    @Override
    public synchronized void delete(NodeId deleted) {
        tell(deleted.toString(), null);
    }

    @Override
    public void close() {
        listener = null;
    }

    NodeTarget node() {
        var node = lastNode;
        if (node == null) {
            throw new AssertionError("no node was written to targets");
        }
        return node;
    }

    private void tell(String key, @Nullable Object value) {
        var listening = listener;
        if (listening != null) {
            listening.changed(key, value, Instant.EPOCH);
        }
    }
}
