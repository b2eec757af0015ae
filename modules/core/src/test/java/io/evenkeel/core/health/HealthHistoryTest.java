package io.evenkeel.core.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.core.cluster.NodeTarget;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random histories; the seed is the test's parameter, so a failing one replays exactly. */
class HealthHistoryTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89})
    void everyHistoryKeepsTheInvariants(long seed) {
        var random = new SplittableRandom(seed);
        var world = new HealthWorld();
        for (int i = 0; i < 4; i++) {
            world.expect(HealthWorld.data("d" + i));
        }
        var streaks = new HashMap<String, Integer>();
        for (int i = 0; i < 5_000; i++) {
            step(world, random, streaks);
        }
        assertThat(world.nodes).isNotEmpty();
        chainIsUnbroken(world);
    }

    private static void step(HealthWorld world, SplittableRandom random, Map<String, Integer> streaks) {
        String node = "d" + random.nextInt(4);
        world.now = world.now.plusMillis(random.nextInt(4_000));
        int before = world.nodes.size();
        switch (random.nextInt(20)) {
            case 0 -> world.tick(Duration.ofSeconds(random.nextInt(120)));
            case 1 -> world.expect(HealthWorld.target(node, "i-1", Set.of("data"),
                    random.nextInt(4) == 0 ? NodeTarget.Phase.RETIRING : NodeTarget.Phase.EXPECTED));
            default -> {
                var vantage = HealthWorld.VANTAGES.get(random.nextInt(3));
                boolean healthy = random.nextInt(3) != 0;
                streaks.compute(vantage.name() + node, (_, old) -> healthy ? 0 : old == null ? 1 : old + 1);
                world.probed(vantage, node, healthy);
            }
        }
        for (var transition : world.nodes.subList(before, world.nodes.size())) {
            if (transition.to() == NodeState.DOWN) {
                downNeedsAQuorumOfStreaks(transition, streaks);
            }
        }
    }

    private static void downNeedsAQuorumOfStreaks(NodeTransition down, Map<String, Integer> streaks) {
        assertThat(HealthWorld.VANTAGES)
                .filteredOn(vantage -> streaks.getOrDefault(vantage.name() + down.node().name(), 0) >= 3)
                .as("vantages with 3 failures in a row at %s", down.at()).hasSizeGreaterThanOrEqualTo(2);
    }

    private static void chainIsUnbroken(HealthWorld world) {
        var last = new HashMap<String, NodeTransition>();
        for (var transition : world.nodes) {
            var previous = last.put(transition.node().name(), transition);
            assertThat(transition.from()).isNotEqualTo(transition.to());
            assertThat(transition.version()).isGreaterThan(transition.previousVersion());
            if (previous != null) {
                assertThat(transition.previousVersion()).isEqualTo(previous.version());
                assertThat(transition.from()).isEqualTo(previous.to());
            }
        }
    }
}
