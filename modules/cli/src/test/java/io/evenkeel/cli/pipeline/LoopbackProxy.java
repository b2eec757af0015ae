package io.evenkeel.cli.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The network before one server: passes bytes on, until it is cut or resets connections. */
final class LoopbackProxy implements AutoCloseable {

    private final int target;
    private final ServerSocket listener;
    private final List<Link> links = new CopyOnWriteArrayList<>();
    private volatile boolean cut;

    /** One connection through it. */
    private record Link(Socket client, Socket server) {}

    LoopbackProxy(int target) {
        this.target = target;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** No byte passes any more, and nobody is told. */
    void cut() {
        cut = true;
    }

    /** Resets all connections; returns how many. */
    int reset() throws IOException {
        int reset = 0;
        for (var link : links) {
            if (!link.client().isClosed()) {
                link.client().setSoLinger(true, 0);
                link.client().close();
                link.server().close();
                reset++;
            }
        }
        return reset;
    }

    private void accept() {
        try {
            while (true) {
                var link = new Link(listener.accept(), new Socket(InetAddress.getLoopbackAddress(), target));
                links.add(link);
                Thread.ofVirtual().start(() -> pass(link.client(), link.server()));
                Thread.ofVirtual().start(() -> pass(link.server(), link.client()));
            }
        } catch (IOException _) {
            // Closed.
        }
    }

    private void pass(Socket from, Socket to) {
        byte[] buffer = new byte[8192];
        try (from; to) {
            for (int read = from.getInputStream().read(buffer); read >= 0; read = from.getInputStream().read(buffer)) {
                if (!cut) {
                    to.getOutputStream().write(buffer, 0, read);
                    to.getOutputStream().flush();
                }
            }
        } catch (IOException _) {
            // One side went away, and the other is told.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (var link : links) {
            link.client().close();
            link.server().close();
        }
    }
}
