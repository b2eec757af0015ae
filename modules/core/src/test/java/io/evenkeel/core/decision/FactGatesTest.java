package io.evenkeel.core.decision;

import static io.evenkeel.core.decision.DecisionWorld.POLICY;
import static io.evenkeel.core.decision.DecisionWorld.PRIMARY;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.core.decision.SafetyPolicy.Facts.Use;
import io.evenkeel.core.facts.ClusterFacts;
import io.evenkeel.core.facts.ClusterFacts.Allocation;
import io.evenkeel.core.facts.ClusterFacts.Copies;
import io.evenkeel.core.facts.ClusterFacts.LastCopies;
import io.evenkeel.core.facts.ClusterFacts.Membership;
import io.evenkeel.core.facts.ClusterFacts.NodeDisk;
import io.evenkeel.core.facts.ClusterFacts.ScalingGroup;
import io.evenkeel.core.facts.ClusterFacts.Shutdown;
import io.evenkeel.core.facts.FactGroup;
import io.evenkeel.core.health.NodeState;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FactGatesTest {

    private static DecisionWorld world(Use use) {
        return new DecisionWorld(POLICY.withArmed(true)
                .with(POLICY.safety().with(new SafetyPolicy.Facts(use, Duration.ofSeconds(60)))));
    }

    private static ClusterFacts facts() {
        var ages = Arrays.stream(FactGroup.values())
                .collect(Collectors.toMap(group -> group, _ -> Duration.ofSeconds(1)));
        return new ClusterFacts(PRIMARY, "agent-1", new TreeMap<>(ages),
                new Membership(new TreeSet<>(List.of("m1", "m2", "m3", "d2")), new TreeSet<>(List.of("m1", "m2"))),
                new Copies(new TreeMap<>(Map.of("d2", new LastCopies(3, List.of("a[0]"))))),
                new Allocation(1, 0, 0, 0), new TreeMap<>(),
                new TreeMap<>(Map.of("d1", new NodeDisk(5L << 30, 0), "d2", new NodeDisk(1, 6L << 30))),
                new TreeMap<>(Map.of("data-group", new ScalingGroup(List.of("AZRebalance"), ""))));
    }

    private static DecisionWorld told(Use use, ClusterFacts facts) {
        var world = world(use);
        world.node("d1", NodeState.DOWN).later(59);
        world.tell(new DecisionInput.FactsRead(facts, world.now.plusSeconds(1)));
        return world.later(1);
    }

    @Test
    void goodFactsLetAReplacementThroughAndTheirAgesAreOnRecord() {
        var world = told(Use.REQUIRED, facts());
        assertThat(world.requests).hasSize(1);
        assertThat(world.last().factAges()).hasSize(FactGroup.values().length)
                .contains(new Decision.FactAge("COPIES", Duration.ofSeconds(1)));
    }

    @Test
    void withoutFactsNothingIsDoneWhereTheyAreRequired() {
        var world = world(Use.REQUIRED);
        world.node("d1", NodeState.DOWN).later(600);
        assertThat(world.requests).isEmpty();
        assertThat(world.last().reason()).isEqualTo("foreign-operation: cannot know: facts are not there");
    }

    @Test
    void oldFactsAreAsGoodAsNone() {
        var world = world(Use.REQUIRED);
        world.tell(new DecisionInput.FactsRead(facts(), world.now)).node("d1", NodeState.DOWN).later(60);
        assertThat(world.requests).isEmpty();
        assertThat(world.last().reason()).contains("cannot know: facts are 61 s old, 60 s allowed");
    }

    @Test
    void anAgentThatReadsLessTakesNothingAwayAndAnOlderRecordNothingBack() {
        var world = world(Use.REQUIRED);
        world.node("d1", NodeState.DOWN).later(59);
        var now = world.now.plusSeconds(1);
        var old = with(facts(), new Membership(new TreeSet<>(List.of("d1")), new TreeSet<>()));
        world.tell(new DecisionInput.FactsRead(facts(), now))
                .tell(new DecisionInput.FactsRead(ClusterFacts.none(PRIMARY), now))
                .tell(new DecisionInput.FactsRead(old, now.minusSeconds(30))).later(1);
        assertThat(world.requests).hasSize(1);
    }

    @Test
    void oneGroupThatCouldNotBeReadIsEnough() {
        var facts = facts();
        var ages = new TreeMap<>(facts.ages());
        ages.remove(FactGroup.DISKS);
        var world = told(Use.REQUIRED, new ClusterFacts(PRIMARY, "agent-1", ages, facts.membership(), facts.copies(),
                facts.allocation(), facts.shutdowns(), facts.disks(), facts.scalingGroups()));
        assertThat(world.requests).isEmpty();
        assertThat(world.last().reason()).startsWith("disk-headroom: cannot know");
    }

    /** One thing that speaks against it, and the gate that says so. */
    record Bad(String gate, UnaryOperator<ClusterFacts> change) {
        @Override
        public String toString() {
            return gate;
        }
    }

    static List<Bad> bad() {
        return List.of(
                new Bad("membership", f -> with(f, new Membership(new TreeSet<>(List.of("d1")), new TreeSet<>()))),
                new Bad("voting-configuration",
                        f -> with(f, new Membership(new TreeSet<>(), new TreeSet<>(List.of("d1"))))),
                new Bad("last-copy", f -> with(f, new Copies(new TreeMap<>(Map.of("d1",
                        new LastCopies(2, List.of("a[0]", "b[1]"))))))),
                new Bad("last-copy", f -> with(f, new Copies(new TreeMap<>(Map.of("",
                        new LastCopies(1, List.of("a[0]"))))))),
                new Bad("allocation", f -> new ClusterFacts(PRIMARY, "a", f.ages(), f.membership(), f.copies(),
                        new Allocation(0, 0, 4, 4), f.shutdowns(), f.disks(), f.scalingGroups())),
                new Bad("foreign-operation", f -> new ClusterFacts(PRIMARY, "a", f.ages(), f.membership(), f.copies(),
                        f.allocation(), new TreeMap<>(Map.of("d2", new Shutdown("RESTART", "upgrade"))), f.disks(),
                        f.scalingGroups())),
                new Bad("disk-headroom", f -> new ClusterFacts(PRIMARY, "a", f.ages(), f.membership(), f.copies(),
                        f.allocation(), f.shutdowns(),
                        new TreeMap<>(Map.of("d1", new NodeDisk(5L << 30, 0), "d2", new NodeDisk(1, 4L << 30))),
                        f.scalingGroups())),
                new Bad("foreign-operation", f -> with(f, new ScalingGroup(List.of(), "InProgress"))),
                new Bad("foreign-operation", f -> with(f, new ScalingGroup(List.of("ReplaceUnhealthy"), ""))));
    }

    private static ClusterFacts with(ClusterFacts f, Membership membership) {
        return new ClusterFacts(PRIMARY, "a", f.ages(), membership, f.copies(), f.allocation(), f.shutdowns(),
                f.disks(), f.scalingGroups());
    }

    private static ClusterFacts with(ClusterFacts f, Copies copies) {
        return new ClusterFacts(PRIMARY, "a", f.ages(), f.membership(), copies, f.allocation(), f.shutdowns(),
                f.disks(), f.scalingGroups());
    }

    private static ClusterFacts with(ClusterFacts f, ScalingGroup group) {
        return new ClusterFacts(PRIMARY, "a", f.ages(), f.membership(), f.copies(), f.allocation(), f.shutdowns(),
                f.disks(), new TreeMap<>(Map.of("data-group", group)));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void whatSpeaksAgainstItStopsItAlsoWhereFactsAreOptionalAndNotWhereTheyAreOff(Bad bad) {
        var facts = bad.change().apply(facts());
        for (var use : List.of(Use.REQUIRED, Use.OPTIONAL)) {
            var world = told(use, facts);
            assertThat(world.requests).isEmpty();
            assertThat(world.last().decidedBy()).isEqualTo(bad.gate());
        }
        assertThat(told(Use.OFF, facts).requests).hasSize(1);
    }
}
