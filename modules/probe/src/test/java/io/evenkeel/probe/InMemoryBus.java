package io.evenkeel.probe;

import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.cluster.NodeTarget;
import io.evenkeel.core.facts.ClusterFacts;
import io.evenkeel.core.health.ProbeResult;
import io.evenkeel.events.Keys;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A bus of one agent that remembers what was sent; the agent has all shares unless told otherwise. */
final class InMemoryBus implements AgentBus {

    static final Set<Integer> ALL = IntStream.range(0, Shares.COUNT).boxed().collect(Collectors.toUnmodifiableSet());

    private final Set<Integer> firstShares;
    private final List<ProbeResult> results = new CopyOnWriteArrayList<>();
    private final List<Object> written = new CopyOnWriteArrayList<>();
    private final List<ClusterFacts> facts = new CopyOnWriteArrayList<>();
    private volatile @Nullable TargetListener targets;
    private volatile @Nullable ShareListener shares;
    private volatile boolean down;

    InMemoryBus() {
        this(ALL);
    }

    InMemoryBus(Set<Integer> firstShares) {
        this.firstShares = firstShares;
    }

    @Override
    public void start(TargetListener targetListener, ShareListener shareListener) {
        targets = targetListener;
        shares = shareListener;
        own(firstShares);
    }

    void own(Set<Integer> now) {
        var listening = shares;
        if (listening != null) {
            listening.changed(new Shares(now));
        }
    }

    void down() {
        down = true;
    }

    <R extends ProbeResult> List<R> results(Class<R> type) {
        return results.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** What discovery has put. */
    List<Object> written() {
        return List.copyOf(written);
    }

    NodeTarget node() {
        return written.stream().filter(NodeTarget.class::isInstance).map(NodeTarget.class::cast)
                .reduce((_, last) -> last).orElseThrow(() -> new AssertionError("no node was written to targets"));
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
    public void tell(ClusterFacts read) {
        facts.add(read);
    }

    List<ClusterFacts> facts() {
        return List.copyOf(facts);
    }

    @Override
    public synchronized void put(Object target) {
        written.add(target);
        tell(Keys.of(target), target);
    }

    @Override
    public synchronized void delete(NodeId deleted) {
        tell(deleted.toString(), null);
    }

    /** As if another agent had written it. */
    void tell(String key, @Nullable Object value) {
        var listening = targets;
        if (listening != null) {
            listening.changed(key, value, Instant.EPOCH);
        }
    }

    @Override
    public void close() {
        targets = null;
        shares = null;
    }
}
