package io.evenkeel.probe.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;

/**
 * A connection all of whose reads end with one deadline, so that nobody who answers byte by byte can exceed it; what lies
 * above, TLS too, knows nothing of it. What is asked for here fits into a socket's buffer, so writes need none.
 */
final class DeadlineSocket extends Socket {

    private volatile long end;

    /** @param endNanos by {@link System#nanoTime} */
    DeadlineSocket(long endNanos) {
        end = endNanos;
    }

    /** For the next use. */
    void until(long endNanos) {
        end = endNanos;
    }

    void connect(InetSocketAddress address) throws IOException {
        connect(address, leftMillis());
        setTcpNoDelay(true);
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(super.getInputStream()) {
            @Override
            public int read() throws IOException {
                setSoTimeout(leftMillis());
                return super.read();
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                setSoTimeout(leftMillis());
                return super.read(bytes, offset, length);
            }
        };
    }

    /** At least 1: none at all means for ever. */
    private int leftMillis() throws SocketTimeoutException {
        long nanos = end - System.nanoTime();
        if (nanos <= 0) {
            throw new SocketTimeoutException("the deadline has passed");
        }
        return (int) Math.min(Integer.MAX_VALUE, TimeUnit.NANOSECONDS.toMillis(nanos) + 1);
    }
}
