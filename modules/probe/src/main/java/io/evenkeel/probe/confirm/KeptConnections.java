package io.evenkeel.probe.confirm;

import io.evenkeel.probe.http.OpenFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Idle connections, all watched by one thread, which sees at once when the other side drops one. What comes over them is
 * thrown away unread. For many threads.
 */
public final class KeptConnections implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KeptConnections.class);

    private final Selector selector;
    private final Queue<Kept> fresh = new ConcurrentLinkedQueue<>();
    private final AtomicInteger open = new AtomicInteger();
    private final int room;
    private final ByteBuffer unread = ByteBuffer.allocateDirect(4096);
    private volatile boolean closing;

    private KeptConnections(Selector selector, int room) {
        this.selector = selector;
        this.room = room;
    }

    /** @throws UncheckedIOException when the machine has no room for it */
    public static KeptConnections start() {
        return start(room());
    }

    static KeptConnections start(int room) {
        try {
            var made = new KeptConnections(Selector.open(), room);
            Thread.ofPlatform().daemon().name("kept-connections").start(made::watch);
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException("can't watch connections", e);
        }
    }

    /** Files that the process may open are for probes first: a probe without one would look like a failure. */
    private static int room() {
        return (int) Math.min(Integer.MAX_VALUE, OpenFiles.OWN.most() / 5 * 2);
    }

    /** One of them. */
    final class Kept implements AutoCloseable {
        private final SocketChannel channel;
        private final Runnable whenDropped;
        private final AtomicBoolean ended = new AtomicBoolean();

        private Kept(SocketChannel channel, Runnable whenDropped) {
            this.channel = channel;
            this.whenDropped = whenDropped;
        }

        boolean isOpen() {
            return !ended.get();
        }

        /** Ends it from our side: that is no drop. */
        @Override
        public void close() {
            end();
            // Or the selector would hold the closed connection's file until it has something else to do.
            selector.wakeup();
        }

        private boolean end() {
            if (!ended.compareAndSet(false, true)) {
                return false;
            }
            open.decrementAndGet();
            try {
                channel.close();
            } catch (IOException _) {
                // It is closed all the same.
            }
            return true;
        }
    }

    /** Whether one more may be kept: two fifths of the files that the process may open. */
    boolean hasRoom() {
        return open.get() < room;
    }

    /** Connections open now. */
    public int open() {
        return open.get();
    }

    /**
     * Watches a connection until it ends.
     *
     * @param channel non-blocking
     * @param whenDropped called once on the watching thread, so it must not block; not after {@link Kept#close}
     */
    Kept keep(SocketChannel channel, Runnable whenDropped) {
        var kept = new Kept(channel, whenDropped);
        open.incrementAndGet();
        fresh.add(kept);
        selector.wakeup();
        return kept;
    }

    /** Ends all, without a word to anybody. */
    @Override
    public void close() {
        closing = true;
        selector.wakeup();
    }

    private void watch() {
        try (selector) {
            while (!closing) {
                selector.select(this::came);
                register();
            }
            selector.keys().forEach(key -> ((Kept) key.attachment()).end());
        } catch (IOException e) {
            LOG.atError().setMessage("kept-open connections are no longer watched").setCause(e).log();
        }
    }

    private void register() {
        for (var kept = fresh.poll(); kept != null; kept = fresh.poll()) {
            try {
                kept.channel.register(selector, SelectionKey.OP_READ, kept);
            } catch (ClosedChannelException _) {
                LOG.atDebug().setMessage("closed before it was watched").log();
            }
        }
    }

    private void came(SelectionKey key) {
        var kept = (Kept) key.attachment();
        if (!dropped(kept) || !kept.end()) {
            return;
        }
        try {
            kept.whenDropped.run();
        } catch (RuntimeException e) {
            LOG.atError().setMessage("drop of a connection was not looked into, by the agent's own fault").setCause(e)
                    .log();
        }
    }

    private boolean dropped(Kept kept) {
        try {
            unread.clear();
            return kept.channel.read(unread) < 0;
        } catch (IOException | CancelledKeyException _) {
            return true;
        }
    }
}
