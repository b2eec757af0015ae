package io.evenkeel.bench.node;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import javax.net.ssl.SSLContext;

/**
 * Nodes of one cluster behind one port: each address 127.0.x.y is one, named after it. Answers every request as a
 * healthy node does, and keeps connections open. Each answer tells in {@link #WAITING} and {@link #REQUESTS} what the farm
 * has seen.
 */
public final class NodeFarm implements AutoCloseable {

    /** Header: open connections that wait for their next request. */
    public static final String WAITING = "X-Farm-Waiting";
    /** Header: requests so far, with this one. */
    public static final String REQUESTS = "X-Farm-Requests";

    /** Nodes whose addresses differ in the last number alone. */
    static final int BLOCK = 250;
    /** 127.0.1.1 to 127.0.255.250. */
    private static final int MOST = 255 * BLOCK;

    private final String cluster;
    private final Optional<FarmTls> tls;
    private final Map<Integer, SSLContext> contexts = new HashMap<>();
    private final List<ServerSocket> listeners = new ArrayList<>();
    private final Set<Socket> waiting = ConcurrentHashMap.newKeySet();
    private final LongAdder requests = new LongAdder();

    /**
     * Listens at once, without TLS.
     *
     * @param cluster its name
     * @param port the same for each node
     * @param first number of the first node, 0 or more
     * @param count how many
     * @throws IOException when one of the addresses or the port is not to be had
     */
    public NodeFarm(String cluster, int port, int first, int count) throws IOException {
        this(cluster, port, first, count, Optional.empty());
    }

    private NodeFarm(String cluster, int port, int first, int count, Optional<FarmTls> tls) throws IOException {
        this.cluster = cluster;
        this.tls = tls;
        for (int node = first; node < first + count; node++) {
            var listener = new ServerSocket();
            listeners.add(listener);
            listener.bind(new InetSocketAddress(InetAddress.ofLiteral(address(node)), port), 512);
            var context = context(node);
            Thread.ofVirtual().start(() -> accept(listener, context));
        }
    }

    /** One for each block; empty without TLS. */
    private Optional<SSLContext> context(int node) throws IOException {
        if (tls.isEmpty()) {
            return Optional.empty();
        }
        var made = contexts.get(node / BLOCK);
        if (made == null) {
            made = tls.get().serving(node);
            contexts.put(node / BLOCK, made);
        }
        return Optional.of(made);
    }

    /** The address of a node, which is its name too. */
    public static String address(int node) {
        if (node < 0 || node >= MOST) {
            throw new IllegalArgumentException("a farm has nodes 0 to " + (MOST - 1) + ", not " + node);
        }
        return "127.0." + (1 + node / BLOCK) + "." + (1 + node % BLOCK);
    }

    /**
     * The words that start a farm in a process of its own.
     *
     * @param tls with which it answers https alone; empty for http
     */
    public static List<String> command(String cluster, int port, int first, int count, Optional<FarmTls> tls) {
        // A connection with TLS takes some 40 kB here.
        int megabytes = 32 + count / (tls.isPresent() ? 15 : 50);
        var words = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx" + megabytes + "m", "-cp",
                System.getProperty("java.class.path"), NodeFarm.class.getName(), cluster, Integer.toString(port),
                Integer.toString(first), Integer.toString(count)));
        tls.ifPresent(made -> words.add(made.folder().toString()));
        return words;
    }

    public static void main(String[] arguments) throws Exception {
        var tls = arguments.length > 4
                ? Optional.of(new FarmTls(Path.of(arguments[4])))
                : Optional.<FarmTls>empty();
        try (var _ = new NodeFarm(arguments[0], Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]),
                Integer.parseInt(arguments[3]), tls)) {
            Thread.currentThread().join();
        }
    }

    /** Resets the connections that wait for their next request; returns how many. */
    public int resetWaiting() throws IOException {
        int reset = 0;
        for (var connection : waiting) {
            connection.setSoLinger(true, 0);
            connection.close();
            reset++;
        }
        return reset;
    }

    private void accept(ServerSocket listener, Optional<SSLContext> context) {
        try {
            while (true) {
                var connection = listener.accept();
                Thread.ofVirtual().start(() -> serve(connection, context));
            }
        } catch (IOException closed) {
            // The farm is.
        }
    }

    private void serve(Socket accepted, Optional<SSLContext> context) {
        try (accepted; var connection = secured(accepted, context)) {
            connection.setTcpNoDelay(true);
            serve(connection);
        } catch (IOException gone) {
            // The client has closed it.
        }
    }

    private static Socket secured(Socket accepted, Optional<SSLContext> context) throws IOException {
        return context.isEmpty()
                ? accepted
                : context.get().getSocketFactory().createSocket(accepted, InputStream.nullInputStream(), true);
    }

    private void serve(Socket connection) throws IOException {
        try {
            String body = "{\"cluster_name\":\"" + cluster + "\",\"nodes\":{\"x\":{\"name\":\""
                    + connection.getLocalAddress().getHostAddress() + "\"}}}";
            String before = "HTTP/1.1 200 OK\r\nX-elastic-product: Elasticsearch\r\ncontent-type: application/json\r\n"
                    + "content-length: " + body.length() + "\r\n";
            var in = new BufferedInputStream(connection.getInputStream(), 512);
            while (request(in)) {
                waiting.remove(connection);
                requests.increment();
                String answer = before + WAITING + ": " + waiting.size() + "\r\n" + REQUESTS + ": " + requests.sum()
                        + "\r\n\r\n" + body;
                connection.getOutputStream().write(answer.getBytes(US_ASCII));
                waiting.add(connection);
            }
        } finally {
            waiting.remove(connection);
        }
    }

    /** Reads up to the empty line; false at the end. */
    private static boolean request(InputStream in) throws IOException {
        int newLines = 0;
        while (newLines < 2) {
            int next = in.read();
            if (next < 0) {
                return false;
            }
            if (next == '\n') {
                newLines++;
            } else if (next != '\r') {
                newLines = 0;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        for (var listener : listeners) {
            listener.close();
        }
        for (var connection : waiting) {
            connection.close();
        }
    }
}
