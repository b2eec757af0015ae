package io.evenkeel.bench.kafka;

import io.evenkeel.bench.node.FarmTls;
import io.evenkeel.bench.node.NodeFarm;
import io.evenkeel.lab.process.FreePorts;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Nodes that answer as healthy ones do, some thousand in a process, so that none needs more files than a process may open.
 *
 * @param port the same for each node
 * @param tls with which they answer https alone
 * @param http asks them
 */
record Farm(int port, int nodes, Optional<FarmTls> tls, HttpClient http) {

    private static final int OF_A_PROCESS = 6_000;
    private static final Duration START = Duration.ofMinutes(3);

    /** Returns when all answer. */
    static Farm start(KafkaWorld world, String name, int nodes, Optional<FarmTls> tls) throws Exception {
        var http = HttpClient.newBuilder();
        if (tls.isPresent()) {
            http.sslContext(tls.get().trusting());
        }
        var farm = new Farm(FreePorts.find(), nodes, tls, http.build());
        for (int first = 0; first < nodes; first += OF_A_PROCESS) {
            int count = Math.min(OF_A_PROCESS, nodes - first);
            world.program(name + "-" + first, NodeFarm.command("farm", farm.port, first, count, tls));
            String last = farm.url(first + count - 1);
            Traffic.await(START, "the start of the farm",
                    () -> WatchedNode.told(farm.http, last, NodeFarm.REQUESTS) >= 0);
        }
        return farm;
    }

    private String url(int node) {
        return (tls.isPresent() ? "https://" : "http://") + NodeFarm.address(node) + ":" + port;
    }

    List<String> urls() {
        return IntStream.range(0, nodes).mapToObj(this::url).toList();
    }

    /** Items of the configuration's {@code clusters[].nodes}. */
    List<String> items() {
        return IntStream.range(0, nodes).mapToObj(node -> WatchedNode.item(NodeFarm.address(node), url(node))).toList();
    }

    /** Requests so far; those of the first process. */
    long asked() {
        return WatchedNode.told(http, url(0), NodeFarm.REQUESTS);
    }
}
