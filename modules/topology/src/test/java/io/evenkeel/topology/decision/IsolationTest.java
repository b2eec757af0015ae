package io.evenkeel.topology.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.ServiceId;
import io.evenkeel.core.decision.Decision;
import io.evenkeel.core.decision.DecisionPolicy;
import io.evenkeel.core.health.ClusterState;
import io.evenkeel.core.health.ClusterTransition;
import io.evenkeel.core.health.HealthPolicy;
import io.evenkeel.core.health.Voters;
import io.evenkeel.core.policy.PolicySet;
import io.evenkeel.topology.DrivenProcessor;
import io.evenkeel.topology.commit.CommitBudget;
import io.evenkeel.topology.decode.Tombstone;
import io.evenkeel.topology.policy.PolicySource;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** A cluster for which a rule of HEALTH threw, before and after DECISION moves to another process. */
class IsolationTest {

    private static final Instant T0 = Instant.parse("2026-11-22T10:00:00Z");
    private static final ClusterId BAD = new ClusterId("bad");
    private static final PolicySource POLICIES = PolicySource.fixed(new PolicySet(HealthPolicy.defaults("r1"),
            new TreeMap<>(), DecisionPolicy.defaults("r1", List.of(new DecisionPolicy.Service(new ServiceId("search"),
                    BAD, new ClusterId("standby"))))));

    private static final DecisionProcessor.Supplier PROCESSORS = new DecisionProcessor.Supplier(POLICIES,
            ThreadLocal.withInitial(CommitBudget::new));

    private final DrivenProcessor processor = new DrivenProcessor(Stores.inMemoryKeyValueStore("decision-state"),
            "decision-inputs", PROCESSORS);
    private long version;

    private void anotherTakesOver() {
        processor.goOnWith(PROCESSORS);
        processor.forgetForwarded();
    }

    private void tell(Object event) {
        processor.tell(event, T0.toEpochMilli());
    }

    private void moved(ClusterState to, String ruleError) {
        tell(new ClusterTransition(BAD, ClusterState.HEALTHY, to, T0, ++version, version - 1, T0, "because",
                Voters.of(3, 0), List.of(), List.of(), "r1", ruleError));
    }

    private List<Decision> decisions() {
        return processor.forwarded(Decision.class);
    }

    @Test
    void itStaysIsolatedUntilAPersonReleasesIt() {
        moved(ClusterState.UNKNOWN, "NullPointerException");
        anotherTakesOver();
        moved(ClusterState.FAILED, "");
        assertThat(decisions()).singleElement()
                .satisfies(decision -> assertThat(decision.decidedBy()).isEqualTo("rule-error"));
        tell(new Tombstone("intents", "hold/bad"));
        anotherTakesOver();
        moved(ClusterState.HEALTHY, "");
        moved(ClusterState.FAILED, "");
        assertThat(decisions()).last().satisfies(decision -> assertThat(decision.decidedBy()).isEqualTo("votes"));
    }
}
