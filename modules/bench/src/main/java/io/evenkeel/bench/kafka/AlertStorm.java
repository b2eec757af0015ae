package io.evenkeel.bench.kafka;

import io.evenkeel.bench.BenchOptions;
import io.evenkeel.bench.Figure;
import io.evenkeel.bench.Goal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Many nodes of a few clusters fail within ten seconds: how many messages that is, and when people know of all. */
final class AlertStorm {

    private static final int CLUSTERS = 10;
    private static final Duration LASTING = Duration.ofSeconds(10);
    private static final Duration LIMIT = Duration.ofMinutes(5);
    /** For messages that should not come. */
    private static final Duration AFTERWARDS = Duration.ofSeconds(25);

    private AlertStorm() {}

    static List<Figure> measure(BenchOptions options, Traffic traffic, AlertHook hook, double messages,
            double knownWithin) throws Exception {
        int nodes = options.targetsOr(10_000, 500);
        options.say("%,d nodes of %d clusters fail within %d s".formatted(nodes, CLUSTERS, LASTING.toSeconds()));
        int before = hook.messages().size();
        long begin = System.nanoTime();
        for (int i = 0; i < nodes; i++) {
            LockSupport.parkNanos(begin + LASTING.toNanos() * i / nodes - System.nanoTime());
            traffic.sendInBulk(KafkaWorld.TOPICS.nodeTransitions(), Troubled.down("storm-" + i % CLUSTERS, i));
        }
        traffic.flush();
        long end = System.nanoTime();
        for (int i = 0; i < CLUSTERS; i++) {
            int cluster = i;
            Traffic.await(LIMIT, "word of each cluster", () -> hook.messages().stream().skip(before)
                    .anyMatch(message -> isStormOf(message, "storm-" + cluster)));
        }
        Thread.sleep(AFTERWARDS);
        var all = hook.messages().stream().skip(before).filter(AlertStorm::isOfStorm).toList();
        long last = 0;
        for (int i = 0; i < CLUSTERS; i++) {
            int cluster = i;
            last = Math.max(last, all.stream().filter(message -> isStormOf(message, "storm-" + cluster))
                    .mapToLong(AlertHook.Message::nanos).min().orElseThrow());
        }
        return List.of(
                Figure.of("storm of %,d nodes: messages for each cluster".formatted(nodes), "messages",
                        (double) all.size() / CLUSTERS, Goal.atMost(messages)),
                Figure.of("storm: from the last failure until people know of each cluster's storm", "s",
                        Math.max(0, (last - end) / 1e9), Goal.atMost(knownWithin)),
                Figure.of("storm: messages out of order", "messages", (double) outOfOrder(all), Goal.atMost(0)));
    }

    /** Not the end of what was measured before. */
    private static boolean isOfStorm(AlertHook.Message message) {
        String cluster = message.body().path("labels").path("cluster").asText();
        return cluster.isEmpty() || cluster.startsWith("storm-");
    }

    private static boolean isStormOf(AlertHook.Message message, String cluster) {
        for (var alert : message.body().path("alerts")) {
            if (alert.path("labels").path("cluster").asText().equals(cluster)
                    && alert.path("labels").path("name").asText().equals("Storm")) {
                return true;
            }
        }
        return false;
    }

    /** Whose sequence is not above that of the incident's message before. */
    private static int outOfOrder(List<AlertHook.Message> messages) {
        var last = new HashMap<String, Integer>();
        return (int) messages.stream().filter(message -> {
            int sequence = message.body().path("sequence").asInt();
            var before = last.put(message.body().path("incident").asText(), sequence);
            return before != null && before >= sequence;
        }).count();
    }
}
