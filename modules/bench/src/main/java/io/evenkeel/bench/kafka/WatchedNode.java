package io.evenkeel.bench.kafka;

import io.evenkeel.bench.node.NodeFarm;
import io.evenkeel.lab.process.ChildProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/**
 * A process that answers as one node does.
 *
 * @param name its address, and its node.name
 */
record WatchedNode(String cluster, String name, int port, ChildProcess process) {

    static WatchedNode start(KafkaWorld world, String cluster, int number, int port) {
        String name = NodeFarm.address(number);
        return new WatchedNode(cluster, name, port,
                world.program(cluster + "-" + name, NodeFarm.command(cluster, port, number, 1, Optional.empty())));
    }

    String url() {
        return url(name, port);
    }

    static String url(String name, int port) {
        return "http://" + name + ":" + port;
    }

    /** An item of the configuration's {@code clusters[].nodes}. */
    static String item(String name, String url) {
        return "{name: \"%s\", url: \"%s\", zone: zone-1, roles: [data]}".formatted(name, url);
    }

    /** What a farm tells in a header of its answers; -1 while it does not answer. */
    static long told(HttpClient http, String url, String header) {
        try {
            var request = HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(3)).build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).headers().firstValueAsLong(header)
                    .orElse(-1);
        } catch (IOException notYet) {
            return -1;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }
}
