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
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Nodes of one cluster behind one port: each address 127.0.x.y is one, named after it. Answers every request as a
 * healthy node does, and keeps connections open, silent ones too. Each answer tells in {@link #SILENT} and
 * {@link #REQUESTS} what the farm has seen.
 */
public final class NodeFarm implements AutoCloseable {

    /** Header: open connections over which nothing was ever asked. */
    public static final String SILENT = "X-Farm-Silent";
    /** Header: requests so far, with this one. */
    public static final String REQUESTS = "X-Farm-Requests";

    /** 127.0.1.1 to 127.0.255.250. */
    private static final int MOST = 255 * 250;

    private final String cluster;
    private final List<ServerSocket> listeners = new ArrayList<>();
    private final Set<Socket> silent = ConcurrentHashMap.newKeySet();
    private final LongAdder requests = new LongAdder();

    /**
     * Listens at once.
     *
     * @param cluster its name
     * @param port the same for each node
     * @param first number of the first node, 0 or more
     * @param count how many
     * @throws IOException when one of the addresses or the port is not to be had
     */
    public NodeFarm(String cluster, int port, int first, int count) throws IOException {
        this.cluster = cluster;
        for (int node = first; node < first + count; node++) {
            var listener = new ServerSocket();
            listeners.add(listener);
            listener.bind(new InetSocketAddress(InetAddress.ofLiteral(address(node)), port), 512);
            Thread.ofVirtual().start(() -> accept(listener));
        }
    }

    /** The address of a node, which is its name too. */
    public static String address(int node) {
        if (node < 0 || node >= MOST) {
            throw new IllegalArgumentException("a farm has nodes 0 to " + (MOST - 1) + ", not " + node);
        }
        return "127.0." + (1 + node / 250) + "." + (1 + node % 250);
    }

    /** The words that start a farm in a process of its own. */
    public static List<String> command(String cluster, int port, int first, int count) {
        return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", "-Xmx" + (32 + count / 50) + "m", "-cp",
                System.getProperty("java.class.path"), NodeFarm.class.getName(), cluster, Integer.toString(port),
                Integer.toString(first), Integer.toString(count));
    }

    public static void main(String[] arguments) throws Exception {
        try (var _ = new NodeFarm(arguments[0], Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]),
                Integer.parseInt(arguments[3]))) {
            Thread.currentThread().join();
        }
    }

    /** Resets the connections over which nothing was ever asked; returns how many. */
    public int resetSilent() throws IOException {
        int reset = 0;
        for (var connection : silent) {
            connection.setSoLinger(true, 0);
            connection.close();
            reset++;
        }
        return reset;
    }

    private void accept(ServerSocket listener) {
        try {
            while (true) {
                var connection = listener.accept();
                silent.add(connection);
                Thread.ofVirtual().start(() -> serve(connection));
            }
        } catch (IOException closed) {
            // The farm is.
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            connection.setTcpNoDelay(true);
            String body = "{\"cluster_name\":\"" + cluster + "\",\"nodes\":{\"x\":{\"name\":\""
                    + connection.getLocalAddress().getHostAddress() + "\"}}}";
            String before = "HTTP/1.1 200 OK\r\nX-elastic-product: Elasticsearch\r\ncontent-type: application/json\r\n"
                    + "content-length: " + body.length() + "\r\n";
            var in = new BufferedInputStream(connection.getInputStream(), 512);
            while (request(in)) {
                silent.remove(connection);
                requests.increment();
                String answer = before + SILENT + ": " + silent.size() + "\r\n" + REQUESTS + ": " + requests.sum()
                        + "\r\n\r\n" + body;
                connection.getOutputStream().write(answer.getBytes(US_ASCII));
            }
        } catch (IOException gone) {
            // The client has closed it.
        } finally {
            silent.remove(connection);
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
        for (var connection : silent) {
            connection.close();
        }
    }
}
