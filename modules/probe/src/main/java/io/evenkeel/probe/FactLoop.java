package io.evenkeel.probe;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.NodeTarget.Phase;
import io.evenkeel.core.facts.ClusterFacts;
import io.evenkeel.core.facts.FactGroup;
import io.evenkeel.probe.discovery.TargetBook;
import io.evenkeel.probe.facts.FactPace;
import io.evenkeel.probe.facts.FactReader;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads one cluster's facts and sends them, on a thread of its own, while it is this agent's turn. */
final class FactLoop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FactLoop.class);

    private final ClusterId cluster;
    private final FactReader reader;
    private final Supplier<List<String>> urls;
    private final TargetBook book;
    private final AgentBus bus;
    private final BooleanSupplier ours;
    private final FactPace pace = new FactPace();
    private final Thread thread = Thread.ofVirtual().name("facts").unstarted(this::run);

    FactLoop(ClusterId cluster, FactReader reader, Supplier<List<String>> urls, TargetBook book, AgentBus bus,
            BooleanSupplier ours) {
        this.cluster = cluster;
        this.reader = reader;
        this.urls = urls;
        this.book = book;
        this.bus = bus;
        this.ours = ours;
    }

    void start() {
        thread.start();
    }

    /** A probe of a node has ended; one that begins to fail is a reason to read at once. */
    void probed(String node, boolean answered) {
        if (answered) {
            pace.isWell(node);
        } else if (pace.fails(node, System.nanoTime())) {
            wake();
        }
    }

    /** Whose turn it is may have changed. */
    void wake() {
        LockSupport.unpark(thread);
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void run() {
        while (!Thread.currentThread().isInterrupted()) {
            if (ours.getAsBoolean()) {
                long began = System.nanoTime();
                make();
                long now = System.nanoTime();
                LockSupport.parkNanos(this, pace.next(now, now - began).toNanos());
            } else {
                LockSupport.park(this);
            }
        }
    }

    private void make() {
        try {
            reader.read(urls.get()).ifPresent(facts -> {
                lookForMissing(facts);
                // What does not arrive is logged by the publisher; the next one is on its way soon.
                bus.tell(facts);
            });
        } catch (RuntimeException e) {
            if (!Thread.currentThread().isInterrupted()) {
                LOG.atError().setCause(e).addKeyValue("cluster", cluster).log("facts can't be read, by a bug");
            }
        }
    }

    /** Another agent of the vantage may probe the node that fails. */
    private void lookForMissing(ClusterFacts facts) {
        if (facts.ages().containsKey(FactGroup.MEMBERSHIP)) {
            book.nodes(cluster).stream().filter(target -> target.phase() == Phase.EXPECTED)
                    .map(target -> target.node().name()).filter(name -> !facts.membership().members().contains(name))
                    .forEach(name -> pace.fails(name, System.nanoTime()));
        }
    }
}
