package io.evenkeel.probe.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that takes in what comes over all open connections. So nobody else waits for one, and the end of one over
 * which nothing is asked is seen at once. For many threads.
 */
final class ConnectionWatch {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionWatch.class);

    /** Of this process. */
    static final ConnectionWatch OWN = start();

    /** What one read may bring. */
    private static final int READ_BYTES = 64 * 1024;

    private final Selector selector;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(READ_BYTES);
    private volatile boolean ended;

    private ConnectionWatch(Selector selector) {
        this.selector = selector;
    }

    private static ConnectionWatch start() {
        try {
            var watch = new ConnectionWatch(Selector.open());
            Thread.ofPlatform().daemon().name("connections").start(watch::watch);
            return watch;
        } catch (IOException e) {
            throw new UncheckedIOException("can't watch connections", e);
        }
    }

    /** Whether nothing is taken in any more, by the agent's own fault. */
    boolean hasEnded() {
        return ended;
    }

    /**
     * From now on what comes is taken in by a socket, until the channel is closed.
     *
     * @param channel non-blocking
     */
    void add(SocketChannel channel, WatchedSocket socket) throws ClosedChannelException {
        channel.register(selector, SelectionKey.OP_READ, socket);
        selector.wakeup();
    }

    /** Takes in more over a channel whose socket had enough; not for the watching thread. */
    void resume(SocketChannel channel) {
        var key = channel.keyFor(selector);
        if (key != null && key.isValid()) {
            key.interestOps(SelectionKey.OP_READ);
            selector.wakeup();
        }
    }

    /** Gives back the file of a channel that was closed; else it would wait until something comes. */
    void closed() {
        selector.wakeup();
    }

    private void watch() {
        try (selector) {
            while (true) {
                selector.select(this::came);
            }
        } catch (IOException e) {
            LOG.atError().setMessage("connections are no longer watched, so nothing can be asked").setCause(e).log();
        } finally {
            ended = true;
        }
    }

    private void came(SelectionKey key) {
        try {
            ((WatchedSocket) key.attachment()).takeIn(key, buffer.clear());
        } catch (CancelledKeyException _) {
            LOG.atDebug().setMessage("closed while something came").log();
        } catch (RuntimeException | Error e) {
            // Nobody's answer may be lost for what went wrong with another's.
            LOG.atError().setMessage("a connection failed by the agent's own fault").setCause(e).log();
            key.cancel();
        }
    }
}
