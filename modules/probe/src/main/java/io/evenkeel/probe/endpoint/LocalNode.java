package io.evenkeel.probe.endpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.core.health.ClusterView.Colour;
import io.evenkeel.core.health.ClusterView.Master;
import io.evenkeel.probe.http.Answer;
import io.evenkeel.probe.http.Elasticsearch;
import io.evenkeel.probe.http.ProbeHttp;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What the endpoint says of its node. Each method asks anew, within one deadline. For many threads. */
final class LocalNode {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String ALIVE = "/_nodes/_local/_none?filter_path=cluster_name";

    private record LastKnown(Colour colour, long atNanos) {}

    private final ProbeHttp http;
    private final String url;
    private final Duration deadline;
    private volatile @Nullable LastKnown lastKnown;

    LocalNode(ProbeHttp http, String url, Duration deadline) {
        this.http = http;
        this.url = url;
        this.deadline = deadline;
    }

    /** The contract of old: OK on green or yellow, else 503 and the status, or {@code Service Unavailable}. */
    Reply seedHealth() {
        var colour = colour(ask(Elasticsearch.HEALTH, deadline));
        return switch (colour) {
            case GREEN, YELLOW -> Reply.text(200, "OK");
            case RED -> Reply.text(503, "Elasticsearch cluster status: red");
            case UNKNOWN -> Reply.text(503, "Service Unavailable");
        };
    }

    /** Any HTTP answer is a sign of life: what the cluster's state is, is no reason to end this process. */
    Reply live() {
        var answer = ask(ALIVE, deadline);
        var body = MAPPER.createObjectNode();
        body.put("status", answer instanceof Answer.Response ? "live" : "dead");
        describe(body, answer, "OK");
        return reply(answer instanceof Answer.Response, body);
    }

    /** Sees a master, so it can serve what needs one. */
    Reply ready() {
        var answer = ask(Elasticsearch.MASTER, deadline);
        boolean ready = Elasticsearch.master(answer) == Master.SEEN;
        var body = MAPPER.createObjectNode();
        body.put("status", ready ? "ready" : "not ready");
        describe(body, answer, ready ? "OK" : masterCause(answer));
        return reply(ready, body);
    }

    /** Colour and master as this node knows them; where it does not answer, what it last said and how long ago. */
    Reply cluster() {
        long end = System.nanoTime() + deadline.toNanos();
        var health = ask(Elasticsearch.HEALTH, deadline);
        var colour = colour(health);
        var master = ask(Elasticsearch.MASTER, Duration.ofNanos(Math.max(1, end - System.nanoTime())));
        boolean fine = (colour == Colour.GREEN || colour == Colour.YELLOW)
                && Elasticsearch.master(master) == Master.SEEN;
        var body = MAPPER.createObjectNode();
        body.put("status", lower(colour));
        body.put("master", lower(Elasticsearch.master(master)));
        describe(body, health, fine ? "OK" : cause(colour, master));
        putLastKnown(body);
        return reply(fine, body);
    }

    private Answer ask(String question, Duration within) {
        return http.get(Elasticsearch.uri(url, question), within);
    }

    private Colour colour(Answer answer) {
        var colour = Elasticsearch.colour(answer);
        if (colour != Colour.UNKNOWN) {
            lastKnown = new LastKnown(colour, System.nanoTime());
        }
        return colour;
    }

    private static String cause(Colour colour, Answer master) {
        if (Elasticsearch.master(master) != Master.SEEN) {
            return masterCause(master);
        }
        return colour == Colour.RED ? "STATUS_RED" : "HTTP_STATUS";
    }

    private static String masterCause(Answer answer) {
        return switch (answer) {
            case Answer.Failed(var reason, _) -> reason.name();
            case Answer.Response _ -> Elasticsearch.master(answer) == Master.ABSENT ? "NO_MASTER" : "HTTP_STATUS";
        };
    }

    /** A failed question is its own cause; the evidence is as old as it takes to write it down. */
    private static void describe(ObjectNode body, Answer answer, String cause) {
        switch (answer) {
            case Answer.Failed(var reason, var detail) -> body.put("cause", reason.name()).put("detail", detail);
            case Answer.Response response -> body.put("cause", cause).put("detail", "HTTP " + response.status());
        }
    }

    private void putLastKnown(ObjectNode body) {
        var last = lastKnown;
        if (last == null) {
            body.putNull("ageMillis");
            return;
        }
        long age = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - last.atNanos());
        body.put("lastKnownStatus", lower(last.colour()));
        body.put("ageMillis", age);
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static Reply reply(boolean fine, ObjectNode body) {
        try {
            return Reply.json(fine ? 200 : 503, MAPPER.writeValueAsString(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can always be written", e);
        }
    }
}
