package io.evenkeel.core.decision;

import static io.evenkeel.core.decision.DecisionWorld.PRIMARY;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.core.health.ClusterState;
import io.evenkeel.core.health.NodeState;
import org.junit.jupiter.api.Test;

/** What was told already, and is told again: as after a reset of the copier's position. */
class ToldAgainTest {

    private final DecisionWorld world = new DecisionWorld(true);

    @Test
    void anOlderTransitionOfANodeDoesNotUndoANewerOne() {
        var down = new DecisionInput.NodeChanged(
                DecisionWorld.transition("d1", NodeState.UP, NodeState.DOWN, world.now, 1_000));
        world.tell(down).tell(new DecisionInput.NodeChanged(
                DecisionWorld.transition("d1", NodeState.DOWN, NodeState.UP, world.now, 1_001)));
        world.tell(down).later(600);
        assertThat(world.requests).isEmpty();
    }

    @Test
    void anOlderTransitionOfAClusterDoesNotUndoANewerOne() {
        var failed = new DecisionInput.ClusterChanged(
                DecisionWorld.transition(PRIMARY, ClusterState.HEALTHY, ClusterState.FAILED, world.now, 1_000));
        world.hold("primary").tell(failed).tell(new DecisionInput.ClusterChanged(
                DecisionWorld.transition(PRIMARY, ClusterState.FAILED, ClusterState.HEALTHY, world.now, 1_001)));
        world.tell(failed).tell(new DecisionInput.IntentReleased("hold/primary")).later(600);
        assertThat(world.requests).isEmpty();
    }
}
