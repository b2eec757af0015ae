package io.evenkeel.core.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.cluster.NodeTarget;
import io.evenkeel.core.cluster.SharedParts;
import io.evenkeel.core.cluster.Vantage;
import io.evenkeel.core.health.HealthInput.NodeExpected;
import io.evenkeel.core.health.HealthInput.Probed;
import io.evenkeel.core.health.ProbeResult.NodeProbed;
import io.evenkeel.core.health.ProbeResult.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packing must not be seen from outside. */
final class NodeTableTest {

    private static final ClusterId CLUSTER = new ClusterId("search");
    private static final List<Vantage> VANTAGES = List.of(new Vantage("a", "zone-1"), new Vantage("b", "zone-2"));
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00.001234Z");

    private final NodeTable table = new NodeTable(CLUSTER, new SharedParts());

    private static NodeTarget target(String name) {
        return new NodeTarget(new NodeId(CLUSTER, name), "i-1", "http://127.0.0.1:9200", "zone-1",
                List.of("data"), "group", VANTAGES, NodeTarget.Phase.EXPECTED);
    }

    private static NodeHealth steady(String name, int streak) {
        var joining = NodeHealth.joining(target(name), 0, T0);
        var tallies = VANTAGES.stream().collect(Collectors.toMap(Vantage::name,
                vantage -> new NodeTally(new Observer(vantage.name(), vantage.zone(), "agent", "boot"), streak,
                        T0.plusSeconds(streak), false, streak, T0, History.successes(Math.min(streak, 16)), 0,
                        Instant.MAX, FailureReason.OTHER, "", List.of()),
                (one, _) -> one, java.util.TreeMap::new));
        return new NodeHealth(joining.target(), NodeState.UP, T0, Versions.next(0, T0), T0, Cause.NONE, Instant.MAX,
                false, 0, Instant.EPOCH, List.of(), tallies);
    }

    @Test
    void aSteadyNodeIsPackedAndAllOfItComesBack() {
        for (int streak : List.of(1, 2, 16, 17, 1_000_000)) {
            var node = steady("n1", streak);
            var packed = SteadyRow.packed(node, new SharedParts()).orElseThrow();
            assertThat(packed.row().length).isLessThan(108);
            assertThat(SteadyRow.unpacked(packed.row(), packed.kind(), CLUSTER)).isEqualTo(node);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://10.0.0.1:9200", "https://es-1.example:9200", "https://[fd00::1]:9201",
            "http://:9200",
            "https://", "es-1:9200", ":9200", "http://es-1:9200/path", ""})
    void aUrlOfAnyFormComesBack(String url) {
        var one = target("n1");
        var node = steady("n1", 5).with(new NodeTarget(one.node(), one.incarnation(), url, one.zone(), one.roles(),
                one.autoScalingGroup(), one.vantages(), one.phase()));
        var packed = SteadyRow.packed(node, new SharedParts()).orElseThrow();
        assertThat(SteadyRow.unpacked(packed.row(), packed.kind(), CLUSTER)).isEqualTo(node);
    }

    @Test
    void aNodeThatOnceCameAndWentIsPackedWithItsScore() {
        var node = steady("n1", 5).noted(Instant.MAX, false, 1.75, T0.plusSeconds(9));
        var packed = SteadyRow.packed(node, new SharedParts()).orElseThrow();
        assertThat(SteadyRow.unpacked(packed.row(), packed.kind(), CLUSTER)).isEqualTo(node);
    }

    @Test
    void whatWouldNotComeBackIsNotPacked() {
        var node = steady("n1", 5);
        var tally = java.util.Objects.requireNonNull(node.tallies().get("a"));
        assertThat(List.of(
                node.with(target("n1").withPhase(NodeTarget.Phase.RETIRING)).noted(Instant.MAX, true, 0, Instant.EPOCH),
                node.noted(T0, false, 0, Instant.EPOCH),
                node.noted(Instant.MAX, false, 0, T0),
                node.with(new Life(Life.Kind.MEMBERSHIP, true, T0)),
                node.with("a", new NodeTally(tally.observer(), 1L << 50, T0, false, 5, T0, tally.history(), 0,
                        Instant.MAX, FailureReason.OTHER, "", List.of())),
                node.with("a", new NodeTally(tally.observer(), 5, T0.plusNanos(1), false, 5, T0, tally.history(), 0,
                        Instant.MAX, FailureReason.OTHER, "", List.of())),
                node.with("a", new NodeTally(tally.observer(), 5, T0, false, 5, T0,
                        History.failed(tally.history(), FailureReason.RESET), 0, Instant.MAX, FailureReason.OTHER, "",
                        List.of())),
                node.with("a", new NodeTally(tally.observer(), 5, T0, false, 5, T0, tally.history(), 0, Instant.MAX,
                        FailureReason.OTHER, "late", List.of()))))
                .allSatisfy(one -> assertThat(SteadyRow.packed(one, new SharedParts())).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aTableHoldsWhatWasPutWhicheverWayItIsHeld(long seed) {
        var random = new SplittableRandom(seed);
        var expected = new HashMap<String, NodeHealth>();
        for (int i = 0; i < 5_000; i++) {
            String name = "node-" + random.nextInt(150);
            if (random.nextInt(3) == 0) {
                table.remove(name);
                expected.remove(name);
            } else {
                var node = random.nextBoolean()
                        ? steady(name, 1 + random.nextInt(40))
                        : NodeHealth.joining(target(name), 0, T0);
                table.put(node, T0);
                expected.put(name, node);
            }
            assertThat(table.get(name)).isEqualTo(expected.get(name));
            assertThat(table.all()).hasSize(expected.size());
        }
        assertThat(new HashSet<>(table.all())).isEqualTo(new HashSet<>(expected.values()));
        expected.forEach((name, node) -> assertThat(table.get(name)).isEqualTo(node));
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24})
    void aSteadyNodeIsLookedAtAgainAsTheRulesWould(long seed) {
        var random = new SplittableRandom(seed);
        var policy = HealthPolicy.defaults("test");
        int inOrder = 0;
        for (int i = 0; i < 2_000; i++) {
            var now = T0.plusSeconds(random.nextInt(200));
            var moment = new Moment(now, random.nextBoolean() ? Instant.EPOCH : now.minusSeconds(random.nextInt(120)));
            var node = steady("n1", 1 + random.nextInt(60));
            var packed = SteadyRow.packed(node, new SharedParts()).orElseThrow();
            var again = SteadyRow.nextCheck(packed.row(), packed.kind(), policy, moment);
            if (again.isAfter(now)) {
                inOrder++;
                var judged = NodeRules.judge(node, policy, moment);
                assertThat(judged.transition()).isEmpty();
                assertThat(judged.node()).isEqualTo(node);
                assertThat(again).isEqualTo(NodeRules.nextCheck(node, policy, moment));
            }
        }
        assertThat(inOrder).as("nodes in order").isBetween(500, 1_900);
    }

    @Test
    void aNodeThatNeedsACloserLookIsNotPassedOver() {
        // Given
        var policy = HealthPolicy.defaults("test");
        table.put(steady("in-order", 30), T0);
        table.put(steady("silent", 5), T0);
        table.put(steady("in-order", 30).with(target("draining").withPhase(NodeTarget.Phase.RETIRING)), T0);
        table.put(steady("once-flapped", 30).noted(Instant.MAX, false, 1.75, T0.plusSeconds(9)), T0);
        // When
        var now = T0.plusSeconds(5).plus(policy.staleAfter()).plusMillis(2);
        var due = table.due(policy, Moment.of(now), _ -> {
        });
        // Then
        assertThat(due).extracting(node -> node.target().node().name())
                .containsExactlyInAnyOrder("silent", "draining", "once-flapped");
    }

    /** The other one judges every result: it is told before each that its numbers changed. */
    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18})
    void theQuickWayLeadsWhereTheLongWayDoes(long seed) {
        var random = new SplittableRandom(seed);
        var policy = HealthPolicy.defaults("test");
        var quick = new ClusterHealth(CLUSTER);
        var thorough = new ClusterHealth(CLUSTER);
        var now = Instant.ofEpochMilli(T0.toEpochMilli());
        var inputs = new java.util.ArrayList<HealthInput>();
        inputs.add(new HealthInput.ClusterExpected(CLUSTER, VANTAGES));
        for (int node = 0; node < 5; node++) {
            inputs.add(new NodeExpected(target("n" + node)));
        }
        int quiet = 0;
        for (int i = 0; i < 4_000; i++) {
            now = now.plusMillis(random.nextInt(3_000));
            var input = i < inputs.size() ? inputs.get(i) : next(random, i);
            var moment = Moment.of(now);
            thorough.policyChanged();
            var one = quick.apply(policy, input, moment);
            var other = thorough.apply(policy, input, moment);
            quiet += one.nextCheck().equals(Instant.MAX) ? 1 : 0;
            assertThat(one.outputs()).as("seed %d, input %d: %s", seed, i, input)
                    .containsExactlyInAnyOrderElementsOf(other.outputs());
            assertThat(new HashSet<>(quick.nodes())).isEqualTo(new HashSet<>(thorough.nodes()));
            assertThat(quick.head()).isEqualTo(thorough.head());
        }
        assertThat(quiet).as("results that went the quick way").isGreaterThan(500);
    }

    private static HealthInput next(SplittableRandom random, int i) {
        if (random.nextInt(10) == 0) {
            return new HealthInput.Ticked();
        }
        boolean fails = random.nextInt(40) == 0;
        var vantage = VANTAGES.get(random.nextInt(VANTAGES.size()));
        var doubt = random.nextInt(300) == 0 ? "lost sight" : "";
        return new Probed(new NodeProbed(new NodeId(CLUSTER, "n" + random.nextInt(5)), "i-1",
                new ProbeSource(vantage.name(), vantage.zone(), "agent", "boot-" + i / 1_500,
                        random.nextInt(50) == 0 ? i / 2 : i, doubt),
                random.nextInt(20) == 0 ? ProbeResult.Purpose.CONFIRMATION : ProbeResult.Purpose.SCHEDULED,
                fails ? new Outcome.Failure(FailureReason.RESET, "") : new Outcome.Success(),
                new ProbeResult.Timing(Duration.ofMillis(3), Duration.ofNanos(1_000L * random.nextInt(900)),
                        Duration.ofSeconds(2), Duration.ZERO)));
    }
}
