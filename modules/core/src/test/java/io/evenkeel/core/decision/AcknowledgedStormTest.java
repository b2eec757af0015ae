package io.evenkeel.core.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.core.action.ActionOutcome.Status;
import io.evenkeel.core.action.Command.ReplaceInstance;
import io.evenkeel.core.decision.Decision.Action;
import io.evenkeel.core.decision.Decision.Verdict;
import io.evenkeel.core.health.NodeState;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a person's word about a storm allows, and what it does not (docs/decisions/0021). */
class AcknowledgedStormTest {

    private final DecisionWorld world = new DecisionWorld(true).node("d3", NodeState.UP);

    private void storm(String... nodes) {
        for (String node : nodes) {
            world.node(node, NodeState.DOWN);
        }
        world.later(60);
        assertThat(world.requests).isEmpty();
    }

    private void acknowledge() {
        world.order(Order.Kind.ACKNOWLEDGE, world.decisions.stream()
                .filter(decision -> decision.action() == Action.FREEZE && decision.verdict() == Verdict.ACT)
                .toList().getLast().incident());
    }

    private List<String> asked() {
        return world.requests.stream().map(request -> ((ReplaceInstance) request.command()).node().name()).toList();
    }

    private void replaced(String dead, String by) {
        world.outcome(world.requests.getLast(), Status.SUCCEEDED).node(dead, NodeState.RETIRED).later(5);
        world.node(by, NodeState.JOINING).later(5).node(by, NodeState.UP);
    }

    @Test
    void itsNodesAreReplacedOneAfterTheOther() {
        storm("d1", "d2");
        acknowledge();
        assertThat(asked()).containsExactly("d1");
        world.outcome(world.requests.getLast(), Status.SUCCEEDED).node("d1", NodeState.RETIRED).later(3);
        assertThat(asked()).as("in flight").containsExactly("d1");
        world.node("d4", NodeState.JOINING).later(3);
        assertThat(asked()).as("in flight").containsExactly("d1");
        world.node("d4", NodeState.UP);
        assertThat(asked()).containsExactly("d1", "d2");
        replaced("d2", "d5");
        assertThat(world.state.inFlight()).isEmpty();
        assertThat(world.later(3_600).requests).hasSize(2);
        assertThat(world.state.ledger().freezes()).isEmpty();
    }

    @Test
    void theRecordSaysWhichNodesWereNotCounted() {
        storm("d1", "d2");
        acknowledge();
        assertThat(world.decisions).filteredOn(decision -> decision.verdict() == Verdict.ACT).last().satisfies(
                act -> assertThat(act.gates()).filteredOn(gate -> gate.gate().equals("other-data-nodes"))
                        .singleElement().satisfies(gate -> assertThat(gate.numbers())
                                .isEqualTo("1 of 1 other data nodes UP, without those of the acknowledged storm: d2")));
    }

    @Test
    void aNodeThatFailsAfterItIsNotOfIt() {
        storm("d1", "d2");
        acknowledge();
        world.later(600).node("d3", NodeState.DOWN).later(60);
        assertThat(asked()).containsExactly("d1");
        assertThat(world.decisions).filteredOn(decision -> decision.subject().equals("primary/d3")).last()
                .satisfies(waits -> assertThat(waits.decidedBy()).isEqualTo("other-data-nodes"));
        world.outcome(world.requests.getLast(), Status.FAILED).later(600);
        assertThat(asked()).as("d3 counts against d1 as well").containsExactly("d1");
    }

    @Test
    void aNodeThatWasWellSinceIsNoLongerOfIt() {
        storm("d1", "d2");
        world.hold("primary");
        acknowledge();
        world.node("d2", NodeState.UP).later(600).node("d2", NodeState.DOWN).later(60).release("primary").later(600);
        assertThat(asked()).isEmpty();
        assertThat(world.last().decidedBy()).isEqualTo("other-data-nodes");
    }

    @Test
    void aNodeThatFailedAgainBeforeItWasWellIsStillOfIt() {
        storm("d1", "d2");
        world.hold("primary");
        acknowledge();
        world.node("d2", NodeState.RECOVERING).later(5).node("d2", NodeState.DOWN).later(60).release("primary");
        assertThat(asked()).containsExactly("d1");
    }

    @Test
    void aNodeOfItThatComesBackIsNotTakenForTheReplacementOfAnother() {
        storm("d1", "d2");
        acknowledge();
        world.outcome(world.requests.getLast(), Status.SUCCEEDED).node("d1", NodeState.RETIRED)
                .node("d2", NodeState.UP).later(60);
        assertThat(world.state.inFlight()).hasSize(1);
        world.node("d4", NodeState.UP);
        assertThat(world.state.inFlight()).isEmpty();
    }

    @Test
    void itIsNotOverBeforeItsLastNodeIsWellHoweverCalmItIs() {
        for (int i = 4; i <= 10; i++) {
            world.node("d" + i, NodeState.UP);
        }
        storm("d1", "d2", "d4", "d5");
        world.node("d5", NodeState.UP);
        acknowledge();
        for (String next : List.of("d11", "d12", "d13")) {
            String dead = asked().getLast();
            world.later(1_200);
            replaced(dead, next);
        }
        assertThat(asked()).containsExactly("d1", "d2", "d4");
    }

    @Test
    void theLastDataNodesAreNotReplacedAllTheSame() {
        world.node("d3", NodeState.RETIRED);
        storm("d1", "d2");
        acknowledge();
        assertThat(world.later(3_600).requests).isEmpty();
        assertThat(world.last().reason()).startsWith("other-data-nodes: 0 of 0 other data nodes UP");
    }
}
