package io.evenkeel.cli.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * A process that answers each request over HTTP as node {@code args[1]} of cluster {@code args[2]}, on port
 * {@code args[0]} of loopback. Like Elasticsearch it leaves silent connections open.
 */
final class SmallNode {

    private SmallNode() {}

    static void main(String[] args) throws IOException {
        byte[] body = "{\"cluster_name\":\"%s\",\"nodes\":{\"x\":{\"name\":\"%s\"}}}".formatted(args[2], args[1])
                .getBytes(UTF_8);
        try (var listener = new ServerSocket(Integer.parseInt(args[0]), 50, InetAddress.getLoopbackAddress())) {
            while (true) {
                var socket = listener.accept();
                Thread.ofVirtual().start(() -> serve(socket, body));
            }
        }
    }

    private static void serve(Socket socket, byte[] body) {
        try (socket; var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.isEmpty()) {
                    var out = socket.getOutputStream();
                    out.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                            .formatted(body.length).getBytes(UTF_8));
                    out.write(body);
                    out.flush();
                }
            }
        } catch (IOException _) {
            // The client went away.
        }
    }
}
