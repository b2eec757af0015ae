package io.evenkeel.bench.kafka;

import io.evenkeel.bench.Bench;
import io.evenkeel.bench.BenchOptions;
import io.evenkeel.bench.Figure;
import io.evenkeel.bench.Fleet;
import io.evenkeel.bench.Goal;
import io.evenkeel.bench.Rounds;
import io.evenkeel.events.Topics;
import io.evenkeel.lab.process.ChildProcess;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.GroupState;

/**
 * Of two {@code evenkeel run} under load one is killed: how long until each partition has a transition again that can be
 * read, and whether any was lost or doubled. The longest partition of each kill counts, so a partition that the survivor
 * had anyway makes nothing look better.
 */
public final class TakeoverBench implements Bench {

    /** goals.md, row 8. */
    private static final double GOAL_SECONDS = 7;

    private static final int LOAD = 20_000;
    /** One result decides, every time. */
    private static final String EACH_RESULT = "{failureThreshold: 1, recoveryThreshold: 1, minimumHealthy: 0s, "
            + "flapping: {high: 1000, low: 999}}";
    /** Of a consumer and of a Streams producer. */
    private static final String KAFKAS_OWN = "{consumer.session.timeout.ms: \"45000\", "
            + "consumer.heartbeat.interval.ms: \"3000\", producer.transaction.timeout.ms: \"10000\"}";
    /** Each takes most of a minute. */
    private static final int REFERENCE_KILLS = 2;
    private static final Duration START = Duration.ofMinutes(3);
    /** Of the survivor: people's processes have long been compiled when one of them dies. */
    private static final Duration WARM = Duration.ofSeconds(60);
    private static final Fleet FLEET = new Fleet(100, 100);
    private static final Fleet SMALL = new Fleet(10, 100);

    @Override
    public String name() {
        return "takeover";
    }

    @Override
    public List<Figure> measure(BenchOptions options) throws Exception {
        int rounds = options.roundsOr(20, 3);
        var fleet = options.quick() ? SMALL : FLEET;
        int load = options.quick() ? LOAD / 10 : LOAD;
        var gaps = new ArrayList<Double>();
        var byDefault = new ArrayList<Double>();
        try (var world = KafkaWorld.start(options); var traffic = world.traffic()) {
            var running = two(world, "run", "{}");
            Load.expect(fleet, traffic);
            try (var _ = new Load(fleet, traffic, load); var _ = new Flips(traffic)) {
                awaitAll(traffic, System.currentTimeMillis());
                if (!options.quick()) {
                    options.say("  warming up for " + WARM.toSeconds() + " s");
                    Thread.sleep(WARM);
                }
                for (int round = 1; round <= rounds; round++) {
                    gaps.add(kill(running, traffic));
                    options.say("  kill %d: %.1f s".formatted(round, gaps.getLast()));
                    running.add(start(world, "run-" + (round + 1), 2, "{}"));
                    awaitAll(traffic, System.currentTimeMillis());
                }
                running.forEach(process -> process.stop(Duration.ofSeconds(20)));
                options.say("  the same with Kafka's own time-outs");
                running = two(world, "default", KAFKAS_OWN);
                for (int round = 1; round <= REFERENCE_KILLS; round++) {
                    awaitAll(traffic, System.currentTimeMillis());
                    byDefault.add(kill(running, traffic));
                    options.say("  kill %d: %.1f s".formatted(round, byDefault.getLast()));
                    running.add(start(world, "default-" + (round + 1), 2, KAFKAS_OWN));
                }
            }
            String under = "kill -9 to the next transition of every partition, %,d results/s".formatted(load);
            return List.of(Figure.beside(under + ", median", "s", Rounds.median(gaps), Rounds.median(byDefault)),
                    Figure.of("%s, p99 of %d".formatted(under, rounds), "s", Rounds.quantile(gaps, 0.99),
                            Goal.atMost(GOAL_SECONDS)),
                    Figure.of("transitions lost or doubled", "", (double) traffic.brokenChains(), Goal.atMost(0)));
        }
    }

    private static Deque<ChildProcess> two(KafkaWorld world, String name, String properties) throws Exception {
        var running = new ArrayDeque<ChildProcess>();
        running.add(start(world, name + "-0", 1, properties));
        running.add(start(world, name + "-1", 2, properties));
        return running;
    }

    /** Returns when all its members share the group. */
    private static ChildProcess start(KafkaWorld world, String name, int members, String properties) throws Exception {
        var process = world.run(name, List.of("-Xmx384m"), SoloNode.clustersByPartition(), EACH_RESULT, properties);
        Traffic.await(START, members + " members of the group", () -> {
            KafkaWorld.requireAlive(process);
            return isShared(world, members);
        });
        return process;
    }

    private static boolean isShared(KafkaWorld world, int members) {
        try (var admin = Admin.create(world.kafka().admin("bench"))) {
            var group = admin.describeConsumerGroups(List.of(KafkaWorld.TOPICS.prefix() + "health")).all().get()
                    .values().iterator().next();
            return group.groupState() == GroupState.STABLE && group.members().size() == members
                    && group.members().stream().noneMatch(member -> member.assignment().topicPartitions().isEmpty());
        } catch (ExecutionException notYet) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Seconds. The younger one dies. */
    private static double kill(Deque<ChildProcess> running, Traffic traffic) throws Exception {
        long millis = System.currentTimeMillis();
        long nanos = System.nanoTime();
        running.removeLast().kill9();
        return (awaitAll(traffic, millis) - nanos) / 1e9;
    }

    /** When the last partition had a transition that was appended after then. */
    private static long awaitAll(Traffic traffic, long millis) throws Exception {
        var first = new long[Topics.SPREAD];
        Traffic.await(START, "a transition of each partition", () -> {
            traffic.newest().forEach((partition, seen) -> {
                if (first[partition] == 0 && seen.appendedMillis() > millis) {
                    first[partition] = seen.nanos();
                }
            });
            return java.util.Arrays.stream(first).allMatch(nanos -> nanos != 0);
        });
        return java.util.Arrays.stream(first).max().orElseThrow();
    }
}
