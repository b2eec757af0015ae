package io.evenkeel.core.decision;

import static io.evenkeel.core.decision.DecisionWorld.PRIMARY;
import static io.evenkeel.core.decision.DecisionWorld.STANDBY;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.core.action.ActionOutcome.Status;
import io.evenkeel.core.action.ActionRequest;
import io.evenkeel.core.action.Command;
import io.evenkeel.core.health.ClusterState;
import io.evenkeel.core.health.NodeState;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random histories against the ten rules; the seed is the test's parameter, so a failing one replays exactly. */
class DecisionHistoryTest {

    private static final NodeState[] NODE_STATES = {NodeState.UP, NodeState.UP, NodeState.UP, NodeState.SUSPECT,
            NodeState.DOWN, NodeState.DOWN, NodeState.RECOVERING, NodeState.UNKNOWN};
    private static final ClusterState[] CLUSTER_STATES = {ClusterState.HEALTHY, ClusterState.HEALTHY,
            ClusterState.DEGRADED, ClusterState.FAILED, ClusterState.QUORUM_LOST, ClusterState.UNKNOWN};
    private static final String[] NODES = {"m1", "m2", "m3", "d1", "d2", "d3", "d4"};

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89})
    void noHistoryLeadsToAnUnsafeRequest(long seed) {
        var random = new SplittableRandom(seed);
        var world = new DecisionWorld(true);
        for (int i = 0; i < 4_000; i++) {
            int before = world.requests.size();
            var previous = world.state;
            step(world, random);
            for (var request : world.requests.subList(before, world.requests.size())) {
                isSafe(request, previous, world);
            }
        }
        assertThat(world.requests).as("requests made at all").isNotEmpty().extracting(ActionRequest::id)
                .doesNotHaveDuplicates();
    }

    private static void step(DecisionWorld world, SplittableRandom random) {
        switch (random.nextInt(12)) {
            case 0, 1, 2, 3 -> world.node(NODES[random.nextInt(NODES.length)],
                    NODE_STATES[random.nextInt(NODE_STATES.length)]);
            case 4 -> world.cluster(PRIMARY, CLUSTER_STATES[random.nextInt(CLUSTER_STATES.length)]);
            case 5 -> world.cluster(STANDBY, CLUSTER_STATES[random.nextInt(CLUSTER_STATES.length)]);
            case 6 -> {
                if (random.nextInt(8) == 0) {
                    world.hold("primary");
                }
            }
            case 7 -> world.release("primary");
            case 8 -> {
                if (!world.requests.isEmpty()) {
                    var statuses = Status.values();
                    world.outcome(world.requests.get(random.nextInt(world.requests.size())),
                            statuses[random.nextInt(statuses.length)]);
                }
            }
            default -> world.later(random.nextInt(120));
        }
    }

    private static void isSafe(ActionRequest request, DecisionState previous, DecisionWorld world) {
        var primary = world.state.cluster(PRIMARY);
        assertThat(world.state.intents().values()).noneMatch(intent -> intent.activeAt(world.now));
        switch (request.command()) {
            case Command.ReplaceInstance replace -> {
                var node = java.util.Objects.requireNonNull(primary.nodes().get(replace.node().name()));
                assertThat(node.state()).isEqualTo(NodeState.DOWN);
                assertThat(node.target().masterEligible()).isFalse();
                assertThat(primary.state()).isIn(ClusterState.HEALTHY, ClusterState.DEGRADED);
                assertThat(primary.nodes().values())
                        .filteredOn(other -> other.target().holdsData() && !other.equals(node))
                        .isNotEmpty().allMatch(other -> other.state() == NodeState.UP);
                assertThat(world.state.inFlight().values())
                        .filteredOn(flight -> flight.request().command() instanceof Command.ReplaceInstance)
                        .hasSize(1);
            }
            case Command.FailOver failOver -> {
                assertThat(world.state.cluster(failOver.from()).state()).isEqualTo(ClusterState.FAILED);
                assertThat(world.state.cluster(failOver.to()).healthyFor(world.policy.standbyProof(), world.now))
                        .isTrue();
                var service = previous.services().get(failOver.service().value());
                assertThat(service).isNotNull();
                assertThat(failOver.from()).isEqualTo(PRIMARY);
            }
        }
    }
}
