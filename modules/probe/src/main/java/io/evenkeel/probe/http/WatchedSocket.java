package io.evenkeel.probe.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketImpl;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/**
 * A connection whose bytes {@link ConnectionWatch} takes in, asked or not, and which its user reads as any other: HTTP and
 * TLS lie above and know nothing of it. All reads and writes end with one deadline, so that nobody who answers byte by byte
 * can exceed it. One user at a time.
 */
final class WatchedSocket extends Socket {

    /**
     * What lies between forgets a connection that is silent for 350 s (EC2, Network Load Balancer). So the kernel asks a
     * little earlier; by default it would do so after two hours.
     */
    private static final int KEEP_ALIVE_SECONDS = 300;

    private static final byte[] NOTHING = {};
    /** Unread bytes beyond which no more are taken in for a while: a large answer comes as fast as it is read. */
    private static final int ENOUGH_BYTES = 256 * 1024;
    private static final long UNTIL_WRITABLE = TimeUnit.MILLISECONDS.toNanos(1);

    private final SocketChannel channel;
    private final Object lock = new Object();
    private byte[] unread = NOTHING;
    private int from;
    private int to;
    private boolean over;
    private boolean paused;
    private @Nullable SocketException reset;
    private volatile Runnable whenOver = () -> {
    };
    private @Nullable Runnable beforeWaiting;
    private volatile @Nullable Thread waiting;
    private volatile long end;

    private WatchedSocket(SocketChannel channel, long endNanos) throws SocketException {
        super((SocketImpl) null);
        this.channel = channel;
        this.end = endNanos;
    }

    /**
     * Connects.
     *
     * @param endNanos by {@link System#nanoTime}, for this and for all reads and writes up to {@link #until}
     * @throws IOException when there is no connection to be had in time
     */
    static WatchedSocket open(InetSocketAddress address, long endNanos) throws IOException {
        if (ConnectionWatch.OWN.hasEnded()) {
            throw new IllegalStateException("connections are no longer watched");
        }
        var channel = SocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.socket().connect(address, millisUntil(endNanos));
            channel.configureBlocking(false);
            var socket = new WatchedSocket(channel, endNanos);
            ConnectionWatch.OWN.add(channel, socket);
            return socket;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** The deadline of its next use. */
    void until(long endNanos) {
        end = endNanos;
    }

    /** @param task is run once, by whoever uses it, before it waits for the other side for the first time */
    void beforeWaiting(Runnable task) {
        beforeWaiting = task;
    }

    /** @param task is run once when the other side has ended it, on the watching thread, so it must not block */
    void whenOver(Runnable task) {
        whenOver = task;
    }

    /** Whether the other side has ended it. */
    boolean isOver() {
        synchronized (lock) {
            return over;
        }
    }

    /** It will be silent for long. */
    void stayAlive() throws IOException {
        if (channel.supportedOptions().contains(ExtendedSocketOptions.TCP_KEEPIDLE)) {
            channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            channel.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, KEEP_ALIVE_SECONDS);
        }
    }

    /**
     * Reads once, on the watching thread.
     *
     * @param key by which it is watched
     * @param buffer empty
     */
    void takeIn(SelectionKey key, ByteBuffer buffer) {
        boolean ended;
        synchronized (lock) {
            over = over || isEnd(buffer);
            ended = over;
            append(buffer.flip());
            if (ended) {
                key.cancel();
            } else if (to - from >= ENOUGH_BYTES) {
                // With the lock, as the reader who undoes it.
                paused = true;
                key.interestOps(0);
            }
        }
        LockSupport.unpark(waiting);
        if (ended && channel.isOpen()) {
            whenOver.run();
        }
    }

    private boolean isEnd(ByteBuffer buffer) {
        try {
            return channel.read(buffer) < 0;
        } catch (ClosedChannelException _) {
            return true;
        } catch (IOException e) {
            reset = dropped(e);
            return true;
        }
    }

    /** As sockets say it; channels say the same by other classes. */
    private static SocketException dropped(IOException e) {
        return e instanceof SocketException same
                ? same
                : (SocketException) new SocketException(e.getMessage()).initCause(e);
    }

    private void append(ByteBuffer buffer) {
        int length = buffer.remaining();
        if (length == 0) {
            return;
        }
        if (from == to) {
            unread = new byte[length];
            from = 0;
            to = 0;
        } else if (to + length > unread.length) {
            unread = Arrays.copyOfRange(unread, from, Math.max(to + length, from + 2 * (to - from)));
            to -= from;
            from = 0;
        }
        buffer.get(unread, to, length);
        to += length;
    }

    /** What has come, at least a byte; -1 at the end. */
    private int read(byte[] bytes, int offset, int length) throws IOException {
        awaitAny();
        // The watch takes a channel that was closed here for one that is over; who closed it is told as by any socket.
        requireOpen();
        synchronized (lock) {
            if (from == to) {
                if (reset != null) {
                    throw reset;
                }
                return -1;
            }
            int count = Math.min(length, to - from);
            System.arraycopy(unread, from, bytes, offset, count);
            from += count;
            if (paused && to - from < ENOUGH_BYTES / 2) {
                paused = false;
                ConnectionWatch.OWN.resume(channel);
            }
            if (from == to) {
                unread = NOTHING;
                from = 0;
                to = 0;
            }
            return count;
        }
    }

    private void awaitAny() throws IOException {
        waiting = Thread.currentThread();
        try {
            while (!hasAny()) {
                park(end - System.nanoTime());
            }
        } finally {
            waiting = null;
        }
    }

    private boolean hasAny() {
        synchronized (lock) {
            return from < to || over;
        }
    }

    private int available() {
        synchronized (lock) {
            return to - from;
        }
    }

    /** @param nanos at most, and no longer than to the deadline */
    private void park(long nanos) throws IOException {
        requireOpen();
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted");
        }
        if (ConnectionWatch.OWN.hasEnded()) {
            throw new IllegalStateException("connections are no longer watched");
        }
        requireTime(end);
        if (beforeWaiting != null) {
            beforeWaiting.run();
            beforeWaiting = null;
        }
        LockSupport.parkNanos(this, nanos);
    }

    /** What is asked fits into the kernel's buffer, so nobody waits here for long. */
    private void write(byte[] bytes, int offset, int length) throws IOException {
        var left = ByteBuffer.wrap(bytes, offset, length);
        while (left.hasRemaining()) {
            if (written(left) == 0) {
                park(UNTIL_WRITABLE);
            }
        }
    }

    private int written(ByteBuffer left) throws SocketException {
        try {
            return channel.write(left);
        } catch (IOException e) {
            throw dropped(e);
        }
    }

    private void requireOpen() throws SocketException {
        if (!channel.isOpen()) {
            throw new SocketException("closed");
        }
    }

    private static long requireTime(long endNanos) throws SocketTimeoutException {
        long left = endNanos - System.nanoTime();
        if (left <= 0) {
            throw new SocketTimeoutException("the deadline has passed");
        }
        return left;
    }

    /** At least 1: none at all means for ever. */
    private static int millisUntil(long endNanos) throws SocketTimeoutException {
        return (int) Math.min(Integer.MAX_VALUE, TimeUnit.NANOSECONDS.toMillis(requireTime(endNanos)) + 1);
    }

    @Override
    public InputStream getInputStream() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return WatchedSocket.this.read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                return length == 0 ? 0 : WatchedSocket.this.read(bytes, offset, length);
            }

            @Override
            public int available() {
                return WatchedSocket.this.available();
            }
        };
    }

    @Override
    public OutputStream getOutputStream() {
        return new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                WatchedSocket.this.write(new byte[]{(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                WatchedSocket.this.write(bytes, offset, length);
            }
        };
    }

    @Override
    public void close() throws IOException {
        if (channel.isOpen()) {
            channel.close();
            ConnectionWatch.OWN.closed();
            LockSupport.unpark(waiting);
        }
    }

    @Override
    public boolean isClosed() {
        return !channel.isOpen();
    }

    /** Always: there is none without a connection. */
    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public boolean isBound() {
        return true;
    }

    @Override
    public void shutdownInput() throws IOException {
        channel.shutdownInput();
    }

    @Override
    public void shutdownOutput() throws IOException {
        channel.shutdownOutput();
    }

    @Override
    public boolean isInputShutdown() {
        return channel.socket().isInputShutdown();
    }

    @Override
    public boolean isOutputShutdown() {
        return channel.socket().isOutputShutdown();
    }

    @Override
    public void setSoLinger(boolean on, int seconds) throws SocketException {
        channel.socket().setSoLinger(on, seconds);
    }

    /** None but the deadline. */
    @Override
    public void setSoTimeout(int millis) {
        // Not by the read.
    }

    @Override
    public int getSoTimeout() {
        return 0;
    }

    @Override
    public InetAddress getInetAddress() {
        return channel.socket().getInetAddress();
    }

    @Override
    public int getPort() {
        return channel.socket().getPort();
    }

    @Override
    public InetAddress getLocalAddress() {
        return channel.socket().getLocalAddress();
    }

    @Override
    public int getLocalPort() {
        return channel.socket().getLocalPort();
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return channel.socket().getRemoteSocketAddress();
    }

    @Override
    public SocketAddress getLocalSocketAddress() {
        return channel.socket().getLocalSocketAddress();
    }

    @Override
    public String toString() {
        return "connection to " + channel.socket().getRemoteSocketAddress();
    }
}
