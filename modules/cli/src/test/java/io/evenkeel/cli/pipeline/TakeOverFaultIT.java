package io.evenkeel.cli.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.cli.pipeline.TopicReader.Seen;
import io.evenkeel.core.health.NodeState;
import io.evenkeel.core.health.NodeTransition;
import io.evenkeel.events.Topics;
import io.evenkeel.lab.process.ChildProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two {@code evenkeel run}: what one leaves behind when it is killed, the other goes on with, without gap or repeat. */
final class TakeOverFaultIT {

    private static final Duration START = Duration.ofSeconds(90);
    /** Far above what {@code evenkeel bench takeover} measures: a busy machine must not fail what is correct. */
    private static final Duration TAKEN_OVER = Duration.ofSeconds(30);
    private static final int ROUNDS = 20;
    private static final Topics TOPICS = new Topics();

    @TempDir
    Path folder;

    /** A process and its member of the group. */
    private record Running(ChildProcess process, String member) {}

    @Test
    void everyPartitionOfAKilledProcessGoesOnAndNoTransitionIsLostDoubledOrFalse() throws Exception {
        var clusters = FlippingNodes.clusters();
        try (var bench = new PipelineBench(folder.resolve("bench"), clusters).startBroker()) {
            var group = new GroupMembers(bench.kafka(), "evenkeel.health", TOPICS.probeResults());
            var running = new ArrayList<Running>();
            running.add(start(bench, group, "run-0", 1));
            running.add(start(bench, group, "run-1", 2));
            try (var transitions = new TopicReader<>(bench.kafka(), TOPICS.nodeTransitions(),
                    bench.serdes().deserializer());
                    var nodes = new FlippingNodes(clusters.stream().map(bench::reports).toList())) {
                nodes.start();
                awaitOneOfEachPartition(transitions);
                for (int round = 1; round <= ROUNDS; round++) {
                    var gaps = kill(running.removeFirst(), group, transitions);
                    report(round, gaps);
                    assertThat(gaps).as("ms from the kill to the next transition, by partition").isNotEmpty()
                            .allSatisfy((_, gap) -> assertThat(gap).isLessThan(TAKEN_OVER.toMillis()));
                    running.add(start(bench, group, "run-" + (round + 1), 2));
                }
                nodes.stop();
                await().atMost(START).untilAsserted(() -> assertThat((long) transitions.seen().size())
                        .as("transitions, one for each result").isEqualTo(nodes.sent()));
                assertUnbrokenChains(transitions.seen());
            }
        }
    }

    /** Returns when the group is stable with so many members, each with partitions. */
    private static Running start(PipelineBench bench, GroupMembers group, String name, int members) throws Exception {
        var before = group.partitions().keySet();
        var process = bench.run(name);
        var joined = new AtomicReference<>("");
        await().atMost(START).untilAsserted(() -> {
            var now = group.partitions();
            assertThat(now).as("members of " + group.group()).hasSize(members)
                    .allSatisfy((_, partitions) -> assertThat(partitions).isNotEmpty());
            assertThat(now.values().stream().mapToInt(Set::size).sum()).isEqualTo(Topics.SPREAD);
            joined.set(now.keySet().stream().filter(member -> !before.contains(member)).findFirst().orElseThrow());
        });
        return new Running(process, joined.get());
    }

    private static void awaitOneOfEachPartition(TopicReader<Object> transitions) {
        await().atMost(START).untilAsserted(
                () -> assertThat(transitions.seen().stream().map(seen -> seen.bytes().partition())
                        .collect(Collectors.toSet())).hasSize(Topics.SPREAD));
    }

    /** Milliseconds from the kill until a reader has the next transition, by partition of the dead. */
    private static Map<Integer, Long> kill(Running victim, GroupMembers group, TopicReader<Object> transitions)
            throws Exception {
        var partitions = group.partitions().getOrDefault(victim.member(), Set.of());
        assertThat(partitions).as("partitions of " + victim.process().name()).isNotEmpty();
        victim.process().kill9();
        long killedNanos = System.nanoTime();
        long killedMillis = System.currentTimeMillis();
        await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(100)).untilAsserted(
                () -> assertThat(partitions).allSatisfy(
                        partition -> assertThat(firstAfter(transitions, partition, killedMillis)).isPresent()));
        var gaps = new HashMap<Integer, Long>();
        for (int partition : partitions) {
            long nanos = firstAfter(transitions, partition, killedMillis).orElseThrow() - killedNanos;
            gaps.put(partition, Duration.ofNanos(nanos).toMillis());
        }
        return gaps;
    }

    /** When it reached the reader; appended after the kill, so not by the dead. */
    private static OptionalLong firstAfter(TopicReader<Object> transitions, int partition, long millis) {
        return transitions.seen().stream()
                .filter(seen -> seen.bytes().partition() == partition && seen.bytes().timestamp() > millis)
                .mapToLong(Seen::nanos).min();
    }

    private static void report(int round, Map<Integer, Long> gaps) {
        var sorted = gaps.values().stream().sorted().toList();
        System.out.printf(
                "take-over, round %d: %d partitions, next transition after %d ms (min) %d (median) %d (max)%n",
                round, sorted.size(), sorted.getFirst(), sorted.get(sorted.size() / 2), sorted.getLast());
    }

    private static void assertUnbrokenChains(List<Seen<Object>> seen) {
        var last = new HashMap<String, Long>();
        var up = new HashMap<String, Boolean>();
        for (var one : seen) {
            var transition = (NodeTransition) one.event();
            String node = transition.node().toString();
            // What the node said in turns is what must be told, beginning with healthy.
            boolean wasUp = up.getOrDefault(node, false);
            up.put(node, !wasUp);
            assertThat(transition.to()).as("state of " + node).isEqualTo(wasUp ? NodeState.DOWN : NodeState.UP);
            assertThat(transition.previousVersion()).as("previous version of " + node)
                    .isEqualTo(last.getOrDefault(node, 0L));
            assertThat(transition.version()).as("version of " + node).isGreaterThan(transition.previousVersion());
            last.put(node, transition.version());
        }
        assertThat(last).hasSize(FlippingNodes.clusters().size());
    }
}
