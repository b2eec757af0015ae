package io.evenkeel.bench.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.evenkeel.bench.Bench;
import io.evenkeel.bench.BenchOptions;
import io.evenkeel.bench.Figure;
import io.evenkeel.bench.Goal;
import io.evenkeel.bench.Rounds;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * From a transition that the broker takes to the webhook that tells people, through {@code evenkeel run}; beside it, from
 * an alert given to Alertmanager's API to its webhook. Then a storm: many nodes that fail within ten seconds.
 */
public final class AlertsBench implements Bench {

    /** goals.md, row 7. */
    private static final double GOAL = 0.5;
    /** The storm's figures: a handful of messages for each cluster, all known within 30 s. */
    private static final double MESSAGES = 6;
    private static final double KNOWN_WITHIN = 30;

    private static final Duration PACE = Duration.ofMillis(50);
    private static final Duration SOON = Duration.ofMinutes(2);

    @Override
    public String name() {
        return "alerts";
    }

    @Override
    public List<Figure> measure(BenchOptions options) throws Exception {
        int rounds = options.roundsOr(5, 1);
        int samples = options.quick() ? 10 : 100;
        try (var world = KafkaWorld.start(options);
                var traffic = world.traffic();
                var trail = new PageTrail(world);
                var ours = new AlertHook("cluster");
                var theirs = new AlertHook("instance");
                var _ = new OwnStreams(world, "floor", CommitFloor.topology(), 1)) {
            var run = world.runWith("run", List.of("-Xmx512m"), channels(world, ours));
            options.say("warming up");
            failing(traffic, ours, "warm", 1);
            KafkaWorld.requireAlive(run);
            int warm = options.quick() ? 5 : 300;
            failing(traffic, ours, "warmer", warm);
            traffic.answered(KafkaWorld.FLOOR, "warmer", warm, PACE, SOON);
            var figures = new ArrayList<Figure>();
            var missing = Prometheus.missing();
            if (missing.isEmpty()) {
                figures.addAll(compared(options, world, traffic, trail, ours, theirs, rounds, samples));
            } else {
                options.say(missing.get());
            }
            figures.addAll(AlertStorm.measure(options, traffic, ours, MESSAGES, KNOWN_WITHIN));
            return figures;
        }
    }

    private static String channels(KafkaWorld world, AlertHook hook) throws IOException {
        var key = Files.writeString(world.folder().resolve("hook.key"), "a key of this bench", UTF_8);
        return """
                alerts:
                  channels:
                    hook: {type: webhook, url: "%s", secret: {file: %s}, rate: 1000/s}
                  route: {channels: [hook], groupBy: [cluster], groupWait: 1s, groupInterval: 10s}
                """.formatted(hook.url(), key);
    }

    private static List<Figure> compared(BenchOptions options, KafkaWorld world, Traffic traffic, PageTrail trail,
            AlertHook ours, AlertHook theirs, int rounds, int samples) throws Exception {
        var measured = new ArrayList<List<Double>>();
        var reference = new ArrayList<List<Double>>();
        var floor = new ArrayList<List<Double>>();
        var stages = new ArrayList<Stages>();
        try (var http = HttpClient.newHttpClient()) {
            var api = URI.create(
                    "http://127.0.0.1:" + Prometheus.alertmanager(world, theirs.url()) + "/api/v2/alerts");
            Traffic.await(SOON, "the start of Alertmanager", () -> isGiven(http, api, "warm"));
            given(http, api, theirs, "warmer", samples);
            for (int round = 0; round < rounds; round++) {
                reference.add(given(http, api, theirs, "instance-" + round, samples));
                floor.add(traffic.answered(KafkaWorld.FLOOR, "round " + round, samples, PACE, SOON));
                String name = "cluster-" + round;
                long[] sent = failed(traffic, name, samples);
                measured.add(awaited(ours, name, samples, sent));
                stages.add(Stages.of(trail, ours, name, sent));
                healthy(traffic, name, samples);
                options.say("  round %d: %s; Alertmanager %s".formatted(round + 1, Pace.quantiles(measured.getLast()),
                        Pace.quantiles(reference.getLast())));
            }
        }
        var figures = new ArrayList<>(List.of(figure(0.5, rounds * samples, measured, reference),
                figure(0.99, rounds * samples, measured, reference)));
        figures.addAll(Stages.figures(stages));
        Stream.of(0.5, 0.99).forEach(share -> figures.add(Figure.of("an empty commit, p%.0f".formatted(100 * share),
                "ms", Rounds.median(floor, share))));
        return figures;
    }

    /** Where the time goes, in milliseconds, sample by sample. */
    private record Stages(List<Double> ordering, List<Double> alerting, List<Double> delivering) {

        static Stages of(PageTrail trail, AlertHook hook, String name, long[] sent) throws Exception {
            Traffic.await(SOON, "each notification on its topic", () -> IntStream.range(0, sent.length)
                    .allMatch(i -> trail.notifiedAt(name + "-" + i).isPresent()));
            var stages = new Stages(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            for (int i = 0; i < sent.length; i++) {
                long ordered = trail.orderedAt(name + "-" + i).orElseThrow();
                long notified = trail.notifiedAt(name + "-" + i).orElseThrow();
                stages.ordering.add((ordered - sent[i]) / 1e6);
                stages.alerting.add((notified - ordered) / 1e6);
                stages.delivering.add((hook.firedAt(name + "-" + i).orElseThrow() - notified) / 1e6);
            }
            return stages;
        }

        static List<Figure> figures(List<Stages> rounds) {
            return Stream.of(0.5, 0.99).flatMap(share -> Stream.of(
                    figure("until it stands in the one order", share, rounds, Stages::ordering),
                    figure("from there until its notification can be read", share, rounds, Stages::alerting),
                    figure("from there until the webhook has it", share, rounds, Stages::delivering))).toList();
        }

        private static Figure figure(String what, double share, List<Stages> rounds,
                Function<Stages, List<Double>> stage) {
            return Figure.of("of that %s, p%.0f".formatted(what, 100 * share), "ms",
                    Rounds.median(rounds.stream().map(stage).toList(), share));
        }
    }

    private static Figure figure(double share, int results, List<List<Double>> measured,
            List<List<Double>> reference) {
        return Figure.beside("cluster FAILED to webhook, p%.0f, n = %,d".formatted(100 * share, results), "ms",
                Rounds.median(measured, share),
                Rounds.median(reference, share),
                Goal.ratioAtMost(GOAL));
    }

    /** Clusters fail one after the other, and are healthy again once all are told. */
    private static void failing(Traffic traffic, AlertHook hook, String name, int samples) throws Exception {
        awaited(hook, name, samples, failed(traffic, name, samples));
        healthy(traffic, name, samples);
    }

    private static long[] failed(Traffic traffic, String name, int samples) {
        return Pace.sent(samples, PACE,
                i -> traffic.send(KafkaWorld.TOPICS.clusterTransitions(), Troubled.failed(name + "-" + i)));
    }

    private static void healthy(Traffic traffic, String name, int samples) {
        for (int i = 0; i < samples; i++) {
            traffic.sendInBulk(KafkaWorld.TOPICS.clusterTransitions(), Troubled.healthy(name + "-" + i));
        }
        traffic.flush();
    }

    private static List<Double> given(HttpClient http, URI api, AlertHook hook, String name, int samples)
            throws Exception {
        return awaited(hook, name, samples, Pace.sent(samples, PACE, i -> isGiven(http, api, name + "-" + i)));
    }

    private static boolean isGiven(HttpClient http, URI api, String instance) {
        try {
            var request = HttpRequest.newBuilder(api).header("Content-Type", "application/json").POST(
                    HttpRequest.BodyPublishers.ofString("""
                            [{"labels": {"alertname": "ClusterFailed", "instance": "%s"}, "startsAt": "%s"}]
                            """.formatted(instance, Instant.now())))
                    .build();
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static List<Double> awaited(AlertHook hook, String name, int samples, long[] sent) throws Exception {
        Traffic.await(SOON, "each alert", () -> IntStream.range(0, samples)
                .allMatch(i -> hook.firedAt(name + "-" + i).isPresent()));
        return IntStream.range(0, samples)
                .mapToObj(i -> (hook.firedAt(name + "-" + i).orElseThrow() - sent[i]) / 1e6).toList();
    }
}
