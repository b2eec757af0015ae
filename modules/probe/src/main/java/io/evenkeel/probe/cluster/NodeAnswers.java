package io.evenkeel.probe.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.evenkeel.core.health.ClusterView.Canary;
import io.evenkeel.core.health.ClusterView.Colour;
import io.evenkeel.core.health.ClusterView.Master;
import io.evenkeel.probe.http.Answer;
import io.evenkeel.probe.http.Elasticsearch;
import io.evenkeel.probe.http.Json;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** What one node said to the three questions. */
record NodeAnswers(String url, Answer canary, Answer health, Answer state) {

    /** Not there or not allowed: it says nothing about whether searches work. */
    private static final Set<Integer> REFUSALS = Set.of(401, 403);

    boolean answered() {
        return canary instanceof Answer.Response || health instanceof Answer.Response
                || state instanceof Answer.Response;
    }

    Canary canaryVerdict() {
        if (!(canary instanceof Answer.Response(int status, String body))) {
            return Canary.FAILED;
        }
        if (REFUSALS.contains(status)) {
            return Canary.UNPROVEN;
        }
        var tree = Json.tree(body);
        if (status == 404 && tree.path("error").path("type").asText().equals("index_not_found_exception")) {
            return Canary.UNPROVEN;
        }
        boolean works = status == 200 && !tree.path("timed_out").asBoolean(true)
                && tree.path("_shards").path("failed").asInt(1) == 0;
        return works ? Canary.WORKS : Canary.FAILED;
    }

    Colour colour() {
        return Elasticsearch.colour(health);
    }

    Master masterSeen() {
        return Elasticsearch.master(state);
    }

    /** Version of the cluster state that it knows: of two lists of members the higher one's is the newer. */
    long stateVersion() {
        return stateBody().path("version").asLong();
    }

    /** Names of the members that it lists; empty when it said nothing. */
    SortedSet<String> members() {
        var names = new TreeSet<String>();
        for (var node : stateBody().path("nodes")) {
            names.add(node.path("name").asText());
        }
        names.remove("");
        return names;
    }

    private JsonNode stateBody() {
        return Json.tree(state instanceof Answer.Response response ? response.body() : "");
    }

    /** Why the canary does not work here, for people. */
    String canaryTrouble() {
        return url + ": " + switch (canary) {
            case Answer.Failed(var reason, var detail) -> reason + ", " + detail;
            case Answer.Response(int status, String body) -> {
                String type = Json.tree(body).path("error").path("type").asText();
                yield "HTTP " + status + (type.isEmpty() ? "" : ", " + type);
            }
        };
    }
}
