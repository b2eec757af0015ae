package io.evenkeel.probe.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on loopback that does with each connection what the test says, byte by byte. */
public final class RawServer implements AutoCloseable {

    /** What to do with one connection; the connection is closed when it returns. */
    @FunctionalInterface
    public interface Behaviour {
        void serve(Connection connection) throws IOException, InterruptedException;
    }

    /** One accepted connection. */
    public static final class Connection {
        private final Socket socket;
        private final BufferedReader in;
        private final List<String> requests;

        private Connection(Socket socket, List<String> requests) throws IOException {
            this.socket = socket;
            this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
            this.requests = requests;
        }

        /** Reads one request's head; false at the end of the stream. */
        public boolean readRequest() throws IOException {
            var head = new StringBuilder();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.isEmpty()) {
                    requests.add(head.toString());
                    return true;
                }
                head.append(line).append('\n');
            }
            return false;
        }

        public void respond(int status, String body) throws IOException {
            write("HTTP/1.1 " + status + " X\r\nContent-Type: application/json\r\nContent-Length: "
                    + body.getBytes(UTF_8).length + "\r\n\r\n" + body);
        }

        public void write(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(UTF_8));
            socket.getOutputStream().flush();
        }

        /** Ends the connection in order. */
        public void end() throws IOException {
            socket.close();
        }

        /** Drops the connection with a reset instead of an orderly end. */
        public void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }

    private final ServerSocket listener;
    private final Behaviour behaviour;
    private final AtomicInteger connections = new AtomicInteger();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final Thread accepting;
    private final List<Thread> threads = new CopyOnWriteArrayList<>();

    public RawServer(Behaviour behaviour) {
        this.behaviour = behaviour;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        accepting = Thread.ofVirtual().start(this::accept);
    }

    /** Answers every request of every connection alike. */
    public static RawServer answering(int status, String body) {
        return new RawServer(connection -> {
            while (connection.readRequest()) {
                connection.respond(status, body);
            }
        });
    }

    public String url() {
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Connections accepted so far. */
    public int connections() {
        return connections.get();
    }

    /** Heads of the requests so far. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** As if the process had died: nobody listens, and all connections end. */
    public void die() throws IOException {
        listener.close();
        // The port is given back only once the accepting thread has let go of it; until then connects still succeed.
        joinUninterrupted(accepting);
        for (var socket : open) {
            socket.close();
        }
        threads.forEach(Thread::interrupt);
    }

    @Override
    public void close() throws IOException {
        die();
    }

    private static void joinUninterrupted(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void accept() {
        try {
            while (true) {
                var socket = listener.accept();
                connections.incrementAndGet();
                open.add(socket);
                threads.add(Thread.ofVirtual().start(() -> serve(socket)));
            }
        } catch (IOException _) {
            // Closed.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            behaviour.serve(new Connection(socket, requests));
        } catch (IOException | InterruptedException _) {
            // The client or the test went away.
        }
    }
}
