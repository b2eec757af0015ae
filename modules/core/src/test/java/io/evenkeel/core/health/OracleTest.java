package io.evenkeel.core.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.health.ProbeResult.NodeProbed;
import io.evenkeel.core.health.ProbeResult.Outcome;
import io.evenkeel.core.health.ProbeResult.Purpose;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Seeded random histories through the rules and through {@link NaiveNode}: repeats, late results, new boots, doubts,
 * agents that run late, gaps, and moves in which only what was written survives. The seed is the test's parameter.
 */
class OracleTest {

    private static final HealthPolicy POLICY = HealthWorld.policy(classes());

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 60);
    }

    private static Map<FailureReason, FailureClass> classes() {
        var classes = HealthDefaults.classes(3);
        classes.put(FailureReason.RESET, new FailureClass(new Threshold(3, 5), Consequence.REPLACE));
        return classes;
    }

    /** The machine, and the store of what it said must survive. */
    private static final class Machine {
        private final Map<String, NodeHealth> store = new HashMap<>();
        private ClusterHealth cluster = new ClusterHealth(HealthWorld.CLUSTER);
        private ClusterHead head = cluster.head();

        private List<NaiveNode.Change> tell(HealthInput input, Moment moment) {
            var step = cluster.apply(POLICY, input, moment);
            step.nodesChanged().forEach(name -> cluster.node(name).ifPresent(node -> store.put(name, node)));
            head = step.headChanged() ? cluster.head() : head;
            return step.outputs().stream().filter(HealthOutput.NodeChanged.class::isInstance)
                    .map(output -> ((HealthOutput.NodeChanged) output).transition())
                    .map(moved -> new NaiveNode.Change(moved.to(), moved.cause().mayFollow(),
                            moved.cause().confirmed(), moved.at()))
                    .toList();
        }

        private List<Vote> votes(Moment moment) {
            return NodeRules.ballot(cluster.node("d1").orElseThrow(), POLICY, moment).votes();
        }

        private void moves() {
            cluster = new ClusterHealth(HealthWorld.CLUSTER);
            cluster.restore(head);
            store.values().forEach(cluster::restore);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theRulesSayWhatTheNaiveOnesSay(long seed) {
        var random = new SplittableRandom(seed);
        var machine = new Machine();
        var moment = Moment.of(HealthWorld.T0);
        assertThat(machine.tell(new HealthInput.NodeExpected(HealthWorld.data("d1")), moment)).isEmpty();
        var naive = new NaiveNode(POLICY, HealthWorld.T0);
        var sent = new ArrayList<NodeProbed>();
        var changes = new ArrayList<NaiveNode.Change>();
        boolean ill = false;
        var moved = HealthWorld.T0;
        for (int i = 0; i < 3_000; i++) {
            var now = moment.now().plusMillis(random.nextInt(random.nextInt(10) == 0 ? 40_000 : 6_000));
            moment = new Moment(now, moment.listeningSince());
            ill = random.nextInt(25) == 0 ? !ill : ill;
            List<NaiveNode.Change> said;
            List<NaiveNode.Change> expected;
            int what = random.nextInt(100);
            if (what < 15) {
                said = machine.tell(new HealthInput.Ticked(), moment);
                expected = naive.judge(moment);
            } else if (what < 17) {
                machine.moves();
                naive.moves();
                moment = new Moment(now, now);
                moved = now;
                sent.clear();
                said = machine.tell(new HealthInput.Ticked(), moment);
                expected = naive.judge(moment);
            } else {
                var result = what < 22 && !sent.isEmpty()
                        ? sent.get(random.nextInt(sent.size()))
                        : result(random, ill, i, now.isAfter(moved.plusSeconds(12)));
                sent.add(result);
                said = machine.tell(new HealthInput.Probed(result), moment);
                expected = naive.hear(result, moment);
            }
            assertThat(said).as("step %d of seed %d, at %s, after %s; votes %s, naive %s", i, seed, now,
                    changes.subList(Math.max(0, changes.size() - 5), changes.size()), machine.votes(moment),
                    naive.stands(moment)).isEqualTo(expected);
            changes.addAll(said);
        }
        assertThat(changes).as("a history in which something happens").hasSizeGreaterThan(20);
    }

    private static NodeProbed result(SplittableRandom random, boolean ill, int counter, boolean mayBeLate) {
        var vantage = HealthWorld.VANTAGES.get(random.nextInt(3));
        boolean fails = random.nextInt(100) < (ill ? 90 : 6);
        var reasons = List.of(FailureReason.CONNECT_REFUSED, FailureReason.CONNECT_REFUSED, FailureReason.READ_TIMEOUT,
                FailureReason.RESET, FailureReason.OVERLOADED, FailureReason.DISK);
        Outcome outcome = fails
                ? new Outcome.Failure(reasons.get(random.nextInt(reasons.size())), "")
                : new Outcome.Success();
        long age = mayBeLate && random.nextInt(20) == 0 ? random.nextInt(12_000) : random.nextInt(200);
        var late = Duration.ofMillis(random.nextInt(30) == 0 ? 2_500 : 10);
        String boot = random.nextInt(20) == 0 ? "boot-2" : "boot-1";
        return new NodeProbed(new NodeId(HealthWorld.CLUSTER, "d1"), random.nextInt(50) == 0 ? "i-0" : "i-1",
                new ProbeSource(vantage.name(), vantage.zone(), "agent", boot, counter,
                        random.nextInt(30) == 0 ? "7 of 7 unrelated targets fail" : ""),
                fails && random.nextInt(4) == 0 ? Purpose.CONFIRMATION : Purpose.SCHEDULED, outcome,
                new ProbeResult.Timing(Duration.ofMillis(3), Duration.ofMillis(age), Duration.ofSeconds(6), late));
    }
}
