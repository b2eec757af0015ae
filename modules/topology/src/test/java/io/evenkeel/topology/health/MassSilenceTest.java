package io.evenkeel.topology.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.cluster.NodeTarget;
import io.evenkeel.core.cluster.Vantage;
import io.evenkeel.core.decision.DecisionPolicy;
import io.evenkeel.core.health.HealthInput.ClusterExpected;
import io.evenkeel.core.health.HealthPolicy;
import io.evenkeel.core.health.HealthProgress;
import io.evenkeel.core.health.NodeState;
import io.evenkeel.core.health.NodeTransition;
import io.evenkeel.core.health.ProbeResult;
import io.evenkeel.core.health.ProbeResult.NodeProbed;
import io.evenkeel.core.health.ProbeResult.Outcome;
import io.evenkeel.core.health.ProbeResult.Timing;
import io.evenkeel.core.health.ProbeSource;
import io.evenkeel.core.policy.PolicySet;
import io.evenkeel.events.Tick;
import io.evenkeel.topology.DrivenProcessor;
import io.evenkeel.topology.commit.CommitBudget;
import io.evenkeel.topology.metrics.TopologyMeters;
import io.evenkeel.topology.policy.PolicySource;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.TreeMap;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** All agents fall silent at once: no single record may take longer than a transaction lasts. */
class MassSilenceTest {

    private static final int CLUSTERS = 120;
    private static final int NODES = 100;
    private static final List<Vantage> VANTAGES = List.of(new Vantage("va", "z1"));

    private final DrivenProcessor processor = new DrivenProcessor(Stores.inMemoryKeyValueStore(HealthProcessor.STORE),
            "probe-results", new HealthProcessor.Supplier(PolicySource.fixed(new PolicySet(
                    HealthPolicy.defaults("r1"), new TreeMap<>(), DecisionPolicy.defaults("r1", List.of()))),
                    TopologyMeters.unread().health(), ThreadLocal.withInitial(CommitBudget::new)));
    private long now = 1_000_000_000;
    private long counter;
    private long sequence;

    @Test
    void theNodesAreToldOneAfterTheOtherNoneTwiceAndProgressOnlyWhenAllWereJudged() {
        expectAll();
        for (int i = 0; i < 4; i++) {
            now += 15_000;
            reportAll();
            tick();
        }
        assertThat(nodesThatBecame(NodeState.UP)).hasSize(CLUSTERS * NODES);

        var silent = new HashSet<NodeId>();
        int ticks = 0;
        for (int second = 0; second < 120; second++) {
            processor.forgetForwarded();
            now += 1_000;
            tick();
            var told = nodesThatBecame(NodeState.UNKNOWN);
            assertThat(told).hasSizeLessThanOrEqualTo(HealthProcessor.OUTPUTS_OF_A_TICK + NODES)
                    .noneMatch(silent::contains);
            silent.addAll(told);
            ticks += told.isEmpty() ? 0 : 1;
            if (!silent.isEmpty() && silent.size() < CLUSTERS * NODES) {
                assertThat(progress()).isEmpty();
            }
        }
        assertThat(silent).hasSize(CLUSTERS * NODES);
        assertThat(ticks).isGreaterThan(1);
        assertThat(progress()).hasSize(1);
    }

    private void expectAll() {
        for (int cluster = 0; cluster < CLUSTERS; cluster++) {
            tell(new ClusterExpected(id(cluster), VANTAGES));
            for (int node = 0; node < NODES; node++) {
                tell(new NodeTarget(new NodeId(id(cluster), "n" + node), "i-" + node, "http://127.0.0.1:9200", "z1",
                        List.of("data"), "", VANTAGES, NodeTarget.Phase.EXPECTED));
            }
        }
    }

    private void reportAll() {
        for (int cluster = 0; cluster < CLUSTERS; cluster++) {
            for (int node = 0; node < NODES; node++) {
                tell(new NodeProbed(new NodeId(id(cluster), "n" + node), "i-" + node,
                        new ProbeSource("va", "z1", "agent", "boot", ++counter, ""), ProbeResult.Purpose.SCHEDULED,
                        new Outcome.Success(),
                        new Timing(Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofSeconds(15))));
            }
        }
    }

    private static ClusterId id(int cluster) {
        return new ClusterId("c" + cluster);
    }

    private void tick() {
        tell(new Tick("test", ++sequence, Tick.PolicyPointer.NONE));
    }

    private void tell(Object event) {
        processor.tell(event, now);
    }

    private List<NodeId> nodesThatBecame(NodeState state) {
        return processor.forwarded(NodeTransition.class).stream().filter(transition -> transition.to() == state)
                .map(NodeTransition::node).toList();
    }

    private List<HealthProgress> progress() {
        return processor.forwarded(HealthProgress.class);
    }
}
