package io.evenkeel.probe.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * Very many nodes behind one port: each address 127.0.x.y is one, named after it. Answers every request as a healthy node
 * does, and keeps connections open. Run as a process of its own: {@code NodeFarm PORT [KEYSTORE]}.
 */
public final class NodeFarm {

    static final String CLUSTER = "farm";
    static final String PASSWORD = "changeit";

    private NodeFarm() {}

    public static String address(int node) {
        return "127.0." + (1 + node / 250) + "." + (1 + node % 250);
    }

    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[0]);
        try (var server = arguments.length > 1 ? tls(Path.of(arguments[1]), port) : new ServerSocket(port, 4096)) {
            System.out.println("farm listens on " + port);
            while (true) {
                var connection = server.accept();
                Thread.ofVirtual().start(() -> serve(connection));
            }
        }
    }

    private static ServerSocket tls(Path keyStore, int port) throws IOException, GeneralSecurityException {
        var keys = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(keyStore)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        var manager = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        manager.init(keys, PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(manager.getKeyManagers(), null, null);
        return context.getServerSocketFactory().createServerSocket(port, 4096, InetAddress.getByName("0.0.0.0"));
    }

    private static void serve(Socket connection) {
        try (connection) {
            connection.setTcpNoDelay(true);
            String body = "{\"cluster_name\":\"" + CLUSTER + "\",\"nodes\":{\"x\":{\"name\":\""
                    + connection.getLocalAddress().getHostAddress() + "\"}}}";
            byte[] answer = ("HTTP/1.1 200 OK\r\nX-elastic-product: Elasticsearch\r\ncontent-type: application/json\r\n"
                    + "content-length: " + body.length() + "\r\n\r\n" + body).getBytes(US_ASCII);
            var in = new BufferedInputStream(connection.getInputStream(), 512);
            while (request(in)) {
                connection.getOutputStream().write(answer);
            }
        } catch (IOException gone) {
            // The agent has closed it.
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
}
