package io.evenkeel.probe.http;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketAddress;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.jspecify.annotations.Nullable;

/**
 * One try of one request: how far it came, and the means to end it from another thread whatever it is blocked in.
 * Aborting the request alone does not end a TCP connect or a TLS handshake; closing the socket does.
 */
final class Attempt {

    /** The attempt that the running thread works for: sockets are made far below, without a parameter for it. */
    static final ScopedValue<Attempt> CURRENT = ScopedValue.newInstance();

    private final HttpGet request;
    private volatile @Nullable Socket socket;
    private volatile boolean connected;
    private volatile boolean aborted;

    Attempt(HttpGet request) {
        this.request = request;
    }

    /** A socket that tells its attempt when it is connected. */
    static Socket socketOfCurrent() {
        return CURRENT.isBound() ? CURRENT.get().newSocket() : new Socket();
    }

    /** The request is about to go out over a connection, new or kept open. */
    static void askingOfCurrent() {
        if (CURRENT.isBound()) {
            CURRENT.get().connected = true;
        }
    }

    HttpGet request() {
        return request;
    }

    /** Whether it went out over a connection that was kept open from before. */
    boolean reusedConnection() {
        return connected && socket == null;
    }

    /** Whether TCP was established, now or before. */
    boolean connected() {
        return connected;
    }

    /** Never throws: that the target was late must be told, however the request ends. */
    void abort() {
        aborted = true;
        try {
            request.abort();
        } catch (IllegalStateException _) {
            // It ended in the same moment, and its connection has been given back already.
        }
        closeQuietly(socket);
    }

    private Socket newSocket() {
        // A name may have several addresses: the one that is tried now counts.
        connected = false;
        var made = new TracedSocket();
        socket = made;
        if (aborted) {
            closeQuietly(made);
        }
        return made;
    }

    private static void closeQuietly(@Nullable Socket open) {
        if (open == null) {
            return;
        }
        try {
            open.close();
        } catch (IOException _) {
            // It is closed all the same.
        }
    }

    private final class TracedSocket extends Socket {
        @Override
        public void connect(SocketAddress endpoint, int timeout) throws IOException {
            super.connect(endpoint, timeout);
            connected = true;
        }
    }
}
