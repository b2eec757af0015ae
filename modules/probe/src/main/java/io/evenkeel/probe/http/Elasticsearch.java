package io.evenkeel.probe.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.evenkeel.core.health.ClusterView.Colour;
import io.evenkeel.core.health.ClusterView.Master;
import java.net.URI;

/**
 * The questions that a node answers by itself, in milliseconds, whatever its master does; and how to read the answers.
 * Measured on Elasticsearch 9.2.0: without {@code local=true} each of them hangs on healthy nodes while the master hangs.
 */
public final class Elasticsearch {

    /** Colour as this node knows it; red where no master is seen. Counts are last-known, so they are not read. */
    public static final String HEALTH = "/_cluster/health?local=true&filter_path=status";

    public static final String MASTER = "/_cluster/state/master_node?local=true&filter_path=master_node";

    /** Master and members as this node knows them, with the version of the state that says so. */
    public static final String STATE = "/_cluster/state/version,master_node,nodes?local=true"
            + "&filter_path=version,master_node,nodes.*.name";

    private Elasticsearch() {}

    /**
     * The address of a question.
     *
     * @throws IllegalArgumentException when the url is none of http or https
     */
    public static URI uri(String url, String question) {
        if (!url.startsWith("http://") && !url.startsWith("https://")) {
            throw new IllegalArgumentException("a node's url must start with http:// or https://, was '" + url + "'");
        }
        return URI.create((url.endsWith("/") ? url.substring(0, url.length() - 1) : url) + question);
    }

    /** By the body, whatever the status code: a node without a master says 200 and red. */
    public static Colour colour(Answer answer) {
        return switch (answer) {
            case Answer.Failed _ -> Colour.UNKNOWN;
            case Answer.Response response -> switch (Json.tree(response.body()).path("status").asText()) {
                case "green" -> Colour.GREEN;
                case "yellow" -> Colour.YELLOW;
                case "red" -> Colour.RED;
                default -> Colour.UNKNOWN;
            };
        };
    }

    /** Whether the node sees an elected master. */
    public static Master master(Answer answer) {
        return switch (answer) {
            case Answer.Failed _ -> Master.UNKNOWN;
            case Answer.Response(int status, String body) -> switch (status) {
                case 200 -> seen(Json.tree(body));
                case 503 -> withoutMaster(Json.tree(body)) ? Master.ABSENT : Master.UNKNOWN;
                default -> Master.UNKNOWN;
            };
        };
    }

    private static Master seen(JsonNode body) {
        if (!body.isObject()) {
            return Master.UNKNOWN;
        }
        return body.path("master_node").asText("").isEmpty() || body.path("master_node").isNull()
                ? Master.ABSENT
                : Master.SEEN;
    }

    /** A node that never had a master since its start refuses even local reads of the state, with 503. */
    private static boolean withoutMaster(JsonNode body) {
        String type = body.path("error").path("type").asText();
        return type.equals("cluster_block_exception") || type.equals("master_not_discovered_exception");
    }
}
