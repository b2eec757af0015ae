package io.evenkeel.lab;

import io.evenkeel.lab.process.LabException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/** What the lab keeps in its clusters, over plain REST. */
public final class Indices {

    private static final List<String> ALL = List.of(LabPlan.CANARY_INDEX, "products");
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);

    private Indices() {}

    /** The canary index and a few products to search for. */
    static void fill(URI node, int replicas) {
        for (String index : ALL) {
            // A lost node's shards move at once: in a lab nobody waits a minute for it to come back.
            call(node, "PUT", "/" + index, """
                    {"settings": {"number_of_shards": 1, "number_of_replicas": %d,
                     "index.unassigned.node_left.delayed_timeout": "1s"}}""".formatted(replicas));
        }
        call(node, "PUT", "/" + LabPlan.CANARY_INDEX + "/_doc/1?refresh=true", "{\"canary\": true}");
        for (int i = 1; i <= 5; i++) {
            call(node, "PUT", "/products/_doc/" + i + "?refresh=true", "{\"name\": \"product " + i + "\"}");
        }
    }

    /** A copy of all that is kept on every data node. */
    public static void spread(URI node) {
        ALL.forEach(index -> call(node, "PUT", "/" + index + "/_settings",
                "{\"index.auto_expand_replicas\": \"0-all\"}"));
    }

    /** An index whose shard can be put nowhere: the cluster goes red and everything else works. */
    public static void createUnassignable(URI node, String index) {
        call(node, "PUT", "/" + index + "?wait_for_active_shards=0", """
                {"settings": {"number_of_shards": 1, "number_of_replicas": 0,
                 "index.routing.allocation.require._name": "nowhere"}}""");
    }

    public static void delete(URI node, String index) {
        call(node, "DELETE", "/" + index, "");
    }

    /** The answer's body; for people and scenarios. */
    public static String call(URI node, String method, String path, String body) {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(node.resolve(path)).timeout(ANSWER_WITHIN)
                    .header("Content-Type", "application/json")
                    .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)).build();
            var response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() / 100 != 2) {
                throw new LabException(method + " " + path + " on " + node + ": " + response.statusCode() + " "
                        + response.body());
            }
            return response.body();
        } catch (IOException failed) {
            throw new LabException(method + " " + path + " on " + node + ": " + failed, failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted", interrupted);
        }
    }
}
