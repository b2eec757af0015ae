package io.evenkeel.core.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.core.health.Cause;
import io.evenkeel.core.health.Consequence;
import io.evenkeel.core.health.FailureReason;
import io.evenkeel.core.health.NodeState;
import io.evenkeel.core.health.NodeTransition;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Found by the simulator, seed 16: a node that had long been overloaded was replaced 13 s after it died. */
class OverloadThenDeathTest {

    private static final Cause OVERLOADED = new Cause(List.of(FailureReason.OVERLOADED), false, Consequence.ALERT);
    private static final Cause DEAD = new Cause(List.of(FailureReason.CONNECT_REFUSED), true, Consequence.REPLACE);

    private final DecisionWorld world = new DecisionWorld(true);
    private final Instant firstFailure = world.now;
    private long version = 1_000;

    private void moved(NodeState from, NodeState to, Cause cause) {
        var real = DecisionWorld.transition("d1", from, to, world.now, ++version);
        world.tell(new DecisionInput.NodeChanged(new NodeTransition(real.target(), from, to, real.at(), real.version(),
                real.previousVersion(), firstFailure, cause, real.reason(), real.votes(), real.evidence(),
                real.policyRevision())));
    }

    private void diesAndIsReplacedActAfterThat() {
        moved(NodeState.UNREACHABLE, NodeState.UNREACHABLE, DEAD);
        world.later(13);
        moved(NodeState.UNREACHABLE, NodeState.DOWN, DEAD);
        world.later(46);
        assertThat(world.requests).isEmpty();
        world.later(1);
        assertThat(world.requests).hasSize(1);
    }

    @Test
    void actAfterBeginsAnewWhenANodeThatWasThoughtAliveDies() {
        moved(NodeState.SUSPECT, NodeState.DOWN, OVERLOADED);
        world.later(30);
        moved(NodeState.DOWN, NodeState.UNREACHABLE, OVERLOADED);
        world.later(600);
        diesAndIsReplacedActAfterThat();
    }

    @Test
    void aFaultIsAsOldAsTheDeathAlsoWhenNoneWasOpenBefore() {
        moved(NodeState.SUSPECT, NodeState.UNREACHABLE, OVERLOADED);
        world.later(600);
        diesAndIsReplacedActAfterThat();
    }

    /** Found by the simulator: an incident that closed and opened again asked under its first id, and was skipped. */
    @Test
    void aRequestIsNamedByTheTransitionThatItFollows() {
        moved(NodeState.SUSPECT, NodeState.DOWN, DEAD);
        world.later(60);
        assertThat(world.requests).singleElement()
                .satisfies(request -> assertThat(request.id()).endsWith("@" + version + "#1"));
    }
}
