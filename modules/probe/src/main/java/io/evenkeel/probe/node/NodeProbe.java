package io.evenkeel.probe.node;

import io.evenkeel.core.health.FailureReason;
import io.evenkeel.core.health.ProbeResult.Outcome;
import io.evenkeel.probe.http.Answer;
import io.evenkeel.probe.http.Details;
import io.evenkeel.probe.http.Elasticsearch;
import io.evenkeel.probe.http.Json;
import io.evenkeel.probe.http.ProbeHttp;
import java.net.URI;
import java.time.Duration;

/**
 * Asks a node for itself and judges the answer. The question is answered by the node alone, in milliseconds also without a
 * master, so that a hanging master is never blamed on every node. For many threads.
 */
public final class NodeProbe {

    /** Measured on Elasticsearch 9.2.0: 3 ms, 200 also while no master is elected. */
    static final String PATH = "/_nodes/_local/_none?filter_path=cluster_name,nodes.*.name";

    private static final int TOO_MANY_REQUESTS = 429;

    /** Who answered at an address. */
    public sealed interface Sighting {
        /** A node, by the names that it gives itself. */
        record Somebody(String clusterName, String nodeName) implements Sighting {}

        /** No node that could say who it is. */
        record Nothing(Outcome.Failure failure) implements Sighting {}
    }

    private final ProbeHttp http;

    public NodeProbe(ProbeHttp http) {
        this.http = http;
    }

    /**
     * One probe.
     *
     * @param url {@code http(s)://host:port}
     * @param nodeName the {@code node.name} that must answer
     * @param clusterName the {@code cluster.name} that must answer; empty accepts any
     * @param timeout from the first packet to the verdict
     */
    public Outcome probe(String url, String nodeName, String clusterName, Duration timeout) {
        return switch (look(url, timeout)) {
            case Sighting.Nothing(var failure) -> failure;
            case Sighting.Somebody(var cluster, _) when !clusterName.isEmpty() && !cluster.equals(clusterName) ->
                mismatch("cluster '" + cluster + "' answered, expected '" + clusterName + "'");
            case Sighting.Somebody(_, var node) when !node.equals(nodeName) ->
                mismatch("node '" + node + "' answered, expected '" + nodeName + "'");
            case Sighting.Somebody _ -> new Outcome.Success();
        };
    }

    /**
     * Asks who is there.
     *
     * @param url {@code http(s)://host:port}
     * @param timeout from the first packet to the answer
     */
    public Sighting look(String url, Duration timeout) {
        URI question;
        try {
            question = Elasticsearch.uri(url, PATH);
        } catch (IllegalArgumentException e) {
            return nothing(FailureReason.OTHER, Details.of(e));
        }
        return switch (http.get(question, timeout)) {
            case Answer.Failed(var reason, var detail) -> nothing(reason, detail);
            case Answer.Response response -> read(response);
        };
    }

    private static Sighting read(Answer.Response response) {
        if (response.status() == TOO_MANY_REQUESTS) {
            return nothing(FailureReason.OVERLOADED, status(response));
        }
        if (response.status() != 200) {
            return nothing(FailureReason.HTTP_STATUS, status(response));
        }
        var body = Json.tree(response.body());
        if (!body.path("nodes").isObject()) {
            return nothing(FailureReason.BODY_MISMATCH, "no list of nodes in: " + text(response));
        }
        for (var node : body.path("nodes")) {
            return new Sighting.Somebody(body.path("cluster_name").asText(), node.path("name").asText());
        }
        return nothing(FailureReason.BODY_MISMATCH, "the list of nodes is empty");
    }

    private static Sighting nothing(FailureReason reason, String detail) {
        return new Sighting.Nothing(new Outcome.Failure(reason, Details.line(detail)));
    }

    private static Outcome mismatch(String detail) {
        return new Outcome.Failure(FailureReason.BODY_MISMATCH, Details.line(detail));
    }

    private static String status(Answer.Response response) {
        return Details.line("HTTP " + response.status() + ": " + text(response));
    }

    private static String text(Answer.Response response) {
        String body = response.body();
        return body.substring(0, Math.min(body.length(), Details.MAX));
    }
}
