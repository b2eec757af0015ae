package io.evenkeel.lab.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenkeel.lab.process.LabException;
import io.evenkeel.lab.process.LogTail;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Waits for clusters of the lab. */
public final class ElasticsearchHealth {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PAUSE = Duration.ofMillis(250);

    private ElasticsearchHealth() {}

    /**
     * What a wait has seen last.
     *
     * @param elapsed since the wait began
     * @param status green, yellow, red, or "no answer"
     * @param nodes in the cluster; 0 without an answer
     */
    public record Progress(Duration elapsed, String status, int nodes) {}

    /**
     * Returns when the cluster is green with exactly these nodes.
     *
     * @param cluster all its nodes, started
     * @param progress called every quarter of a second, on this thread
     * @return how long it took
     * @throws LabException if it isn't green in time, or a node's process ended
     */
    public static Duration awaitGreen(List<ElasticsearchNode> cluster, Duration limit, Consumer<Progress> progress) {
        var begin = System.nanoTime();
        var seen = new Progress(Duration.ZERO, "no answer", 0);
        try (var http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build()) {
            while (seen.elapsed().compareTo(limit) < 0) {
                cluster.forEach(ElasticsearchHealth::requireAlive);
                seen = ask(http, cluster, begin);
                progress.accept(seen);
                if (seen.status().equals("green") && seen.nodes() == cluster.size()) {
                    return seen.elapsed();
                }
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        var first = cluster.getFirst();
        throw new LabException(
                "cluster %s was not green after %d s: %s with %d of %d nodes; its first node said: %s".formatted(
                        first.spec().clusterName(), seen.elapsed().toSeconds(), seen.status(), seen.nodes(),
                        cluster.size(),
                        LogTail.of(first.log())));
    }

    private static void requireAlive(ElasticsearchNode node) {
        if (!node.isAlive()) {
            throw new LabException(
                    "Elasticsearch node " + node.spec().name() + " ended while the lab waited for it, and said: "
                            + LogTail.of(node.log()));
        }
    }

    private static Progress ask(HttpClient http, List<ElasticsearchNode> cluster, long begin)
            throws InterruptedException {
        for (var node : cluster) {
            try {
                var health = health(http, node.url());
                if (health.path("number_of_nodes").asInt() > 0) {
                    return new Progress(since(begin), health.path("status").asText(),
                            health.path("number_of_nodes").asInt());
                }
            } catch (IOException noAnswer) {
                // The next one may know.
            }
        }
        return new Progress(since(begin), "no answer", 0);
    }

    private static JsonNode health(HttpClient http, URI node) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(node.resolve("/_cluster/health?master_timeout=1s"))
                .timeout(Duration.ofSeconds(3)).build();
        return JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
    }

    private static Duration since(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
