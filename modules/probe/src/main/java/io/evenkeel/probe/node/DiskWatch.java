package io.evenkeel.probe.node;

import com.fasterxml.jackson.databind.JsonNode;
import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.cluster.NodeTarget;
import io.evenkeel.core.health.FailureReason;
import io.evenkeel.core.health.ProbeResult.Outcome;
import io.evenkeel.probe.http.Answer;
import io.evenkeel.probe.http.Details;
import io.evenkeel.probe.http.Elasticsearch;
import io.evenkeel.probe.http.Json;
import io.evenkeel.probe.http.ProbeHttp;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.StreamSupport;

/**
 * Which nodes have a data path beyond the flood-stage watermark, where Elasticsearch refuses writes. A question of its own
 * beside {@link NodeProbe}'s and never a sign of life: a node asks its master for the watermarks before it answers.
 * Measured on Elasticsearch 9.2.0: 503 after {@code timeout}, 30 s by default, where no master is elected; no answer at
 * all, whatever {@code timeout} says, while the master hangs. What is no answer changes nothing. For many threads.
 */
public final class DiskWatch {

    /** Half as often as Elasticsearch itself looks by default, {@code cluster.info.update.interval}. */
    static final Duration INTERVAL = Duration.ofSeconds(60);

    /** What was seen so long ago says nothing any more: two answers may get lost. */
    static final Duration VALID_FOR = INTERVAL.multipliedBy(3);

    /** Default of {@code cluster.routing.allocation.disk.watermark.flood_stage}. */
    private static final double FLOOD_STAGE = 0.95;

    /** Default of {@code cluster.routing.allocation.disk.watermark.flood_stage.max_headroom}. */
    private static final long MAX_HEADROOM_BYTES = 100L << 30;

    private static final String PATH = "/_nodes/_local/stats/fs?filter_path=nodes.*.name,nodes.*.fs.data&timeout=";

    /** @param full what is full, for people; empty when nothing is, or when nobody answered since the start */
    private record Seen(String incarnation, long askedAt, long answeredAt, Optional<String> full) {}

    private final ProbeHttp http;
    private final LongSupplier nanoTime;
    private final Map<NodeId, Seen> nodes = new ConcurrentHashMap<>();

    /** @param nanoTime the agent's monotonic clock */
    public DiskWatch(ProbeHttp http, LongSupplier nanoTime) {
        this.http = http;
        this.nanoTime = nanoTime;
    }

    /** What a probe found: of a healthy node with a full disk, that. */
    public Outcome judged(NodeTarget target, Outcome outcome) {
        return outcome instanceof Outcome.Success
                ? full(target).<Outcome>map(detail -> new Outcome.Failure(FailureReason.DISK, detail)).orElse(outcome)
                : outcome;
    }

    /**
     * Asks a node that has just answered, unless it was asked less than a minute ago.
     *
     * @param within blocks for no longer
     */
    public void askIfDue(NodeTarget target, Duration within) {
        long now = nanoTime.getAsLong();
        var before = of(target);
        if (within.toMillis() < 1
                || before.map(seen -> now - seen.askedAt() < INTERVAL.toNanos()).orElse(false)) {
            return;
        }
        var asked = before.map(seen -> new Seen(target.incarnation(), now, seen.answeredAt(), seen.full()))
                .orElseGet(() -> new Seen(target.incarnation(), now, now, Optional.empty()));
        nodes.put(target.node(), asked);
        // Without a master the server gives up first, so that the connection stays usable.
        long serverMillis = Math.max(1, within.toMillis() * 3 / 4);
        if (http.get(Elasticsearch.uri(target.url(), PATH + serverMillis + "ms"),
                within) instanceof Answer.Response(int status, String body) && status == 200) {
            answered(target, now, Json.tree(body).path("nodes"));
        }
    }

    private void answered(NodeTarget target, long askedAt, JsonNode answer) {
        for (var node : answer) {
            if (node.path("name").asText().equals(target.node().name())) {
                nodes.put(target.node(), new Seen(target.incarnation(), askedAt, nanoTime.getAsLong(), fullest(node)));
            }
        }
    }

    private Optional<String> full(NodeTarget target) {
        long now = nanoTime.getAsLong();
        return of(target).filter(seen -> now - seen.answeredAt() <= VALID_FOR.toNanos()).flatMap(Seen::full);
    }

    private Optional<Seen> of(NodeTarget target) {
        return Optional.ofNullable(nodes.get(target.node()))
                .filter(seen -> seen.incarnation().equals(target.incarnation()));
    }

    private static Optional<String> fullest(JsonNode node) {
        return StreamSupport.stream(node.path("fs").path("data").spliterator(), false).filter(DiskWatch::isFull)
                .findFirst().map(DiskWatch::described);
    }

    private static boolean isFull(JsonNode path) {
        return path.path("total_in_bytes").asLong() > 0 && path.has("available_in_bytes")
                && path.path("available_in_bytes").asLong() < floodStageBytes(path);
    }

    /** As the node itself says, its cluster's settings included; an old one says nothing. */
    private static long floodStageBytes(JsonNode path) {
        long usual = Math.min(MAX_HEADROOM_BYTES, Math.round(path.path("total_in_bytes").asLong() * (1 - FLOOD_STAGE)));
        return path.path("frozen_flood_stage_free_space_in_bytes")
                .asLong(path.path("flood_stage_free_space_in_bytes").asLong(usual));
    }

    private static String described(JsonNode path) {
        double total = path.path("total_in_bytes").asLong();
        double free = path.path("available_in_bytes").asLong();
        return Details.line(String.format(Locale.ROOT,
                "data path %s is %.1f %% full: %.1f of %.1f GB left, flood stage at %.1f GB",
                path.path("path").asText("?"), 100 * (1 - free / total), free / (1 << 30), total / (1 << 30),
                (double) floodStageBytes(path) / (1 << 30)));
    }
}
