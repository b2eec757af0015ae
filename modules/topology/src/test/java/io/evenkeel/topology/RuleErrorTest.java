package io.evenkeel.topology;

import static io.evenkeel.topology.PipelineTest.DECISION;
import static io.evenkeel.topology.PipelineTest.HEALTH;
import static io.evenkeel.topology.PipelineTest.ONE_VANTAGE;
import static io.evenkeel.topology.PipelineTest.POLICIES;
import static io.evenkeel.topology.PipelineTest.T0;
import static io.evenkeel.topology.PipelineTest.TOPICS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.core.alert.Alert;
import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.decision.Decision;
import io.evenkeel.core.health.ClusterPolicy;
import io.evenkeel.core.health.ClusterState;
import io.evenkeel.core.health.ClusterTransition;
import io.evenkeel.core.health.ClusterView;
import io.evenkeel.core.health.ClusterView.Canary;
import io.evenkeel.core.health.ClusterView.Colour;
import io.evenkeel.core.health.ClusterView.Master;
import io.evenkeel.core.health.HealthInput;
import io.evenkeel.core.health.HealthPolicy;
import io.evenkeel.core.health.ProbeResult;
import io.evenkeel.core.health.ProbeSource;
import io.evenkeel.core.policy.PolicySet;
import io.evenkeel.events.Partitioning;
import io.evenkeel.events.Tick;
import io.evenkeel.events.kafka.DeadLetters;
import io.evenkeel.topology.alert.AlertTopology;
import io.evenkeel.topology.health.HealthTopology;
import io.evenkeel.topology.policy.PolicySource;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rule of HEALTH that throws for one of two clusters: what the other one, DECISION and ALERT get of it. */
class RuleErrorTest {

    /** Both in the driver's partition. */
    private static final List<ClusterId> CLUSTERS = IntStream.range(0, 1_000)
            .mapToObj(i -> new ClusterId("cluster-" + i))
            .filter(id -> Partitioning.SPREAD.forCluster(id) == 0).limit(2).toList();
    private static final ClusterId BAD = CLUSTERS.getFirst();
    private static final ClusterId GOOD = CLUSTERS.getLast();
    private static final ClusterView FINE = new ClusterView(3, 3, Canary.WORKS, Colour.GREEN, Master.SEEN, "");
    private static final String BROKEN = "broken";
    private static final String MENDED = "mended";

    /** From the tick on that names {@link #BROKEN} the rules throw for {@link #BAD}: a time that no clock can show. */
    private static final PolicySource SOURCE = new PolicySource() {
        @Override
        public PolicySet initial() {
            return POLICIES;
        }

        @Override
        public Optional<PolicySet> named(Tick.PolicyPointer pointer) {
            var absurd = new HealthPolicy(BROKEN, HEALTH.nodes(),
                    new ClusterPolicy(3, 1, Duration.ofSeconds(Long.MAX_VALUE)), HEALTH.staleAfter(),
                    HEALTH.maxLateness());
            return Optional.of(pointer.revision().equals(BROKEN)
                    ? new PolicySet(HEALTH, new TreeMap<>(Map.of(BAD.value(), absurd)), DECISION)
                    : POLICIES);
        }
    };

    @TempDir
    private Path state;
    private long counter;
    private Instant now = T0;

    private DrivenTopology health() throws Exception {
        var health = new DrivenTopology(state, serdes -> new HealthTopology(TOPICS, serdes, SOURCE).get());
        for (var cluster : CLUSTERS) {
            health.tell(TOPICS.targets(), new HealthInput.ClusterExpected(cluster, ONE_VANTAGE), now);
            probed(health, cluster);
        }
        assertThat(states(health, BAD)).containsExactly(ClusterState.HEALTHY);
        return health;
    }

    private void probed(DrivenTopology health, ClusterId cluster) {
        health.tell(TOPICS.probeResults(), new ProbeResult.ClusterProbed(cluster,
                new ProbeSource("va", "z1", "agent", "boot", ++counter), FINE,
                new ProbeResult.Timing(Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofSeconds(30))), now);
    }

    private void tick(DrivenTopology health, String revision, long offset) {
        now = now.plusSeconds(1);
        health.tell(TOPICS.probeResults(), new Tick("run", offset, new Tick.PolicyPointer(revision, offset)), now);
    }

    private static List<ClusterTransition> transitions(DrivenTopology topology) {
        return topology.read(TOPICS.clusterTransitions(), ClusterTransition.class);
    }

    private static List<ClusterState> states(DrivenTopology health, ClusterId cluster) {
        return transitions(health).stream().filter(told -> told.cluster().equals(cluster)).map(ClusterTransition::to)
                .toList();
    }

    @Test
    void itsClusterIsUnknownTheRecordsAreDeadLettersAndTheOtherClusterGoesOn() throws Exception {
        try (var health = health()) {
            tick(health, BROKEN, 1);
            for (int i = 0; i < 3; i++) {
                now = now.plusSeconds(30);
                probed(health, BAD);
                probed(health, GOOD);
            }
            assertThat(transitions(health)).singleElement().satisfies(told -> {
                assertThat(told.cluster()).isEqualTo(BAD);
                assertThat(told.to()).isEqualTo(ClusterState.UNKNOWN);
                assertThat(told.ruleError()).contains("Exception");
            });
            var letters = health.deadLetters();
            assertThat(letters).as("the tick and three results").hasSize(4);
            assertThat(letters).allSatisfy(letter -> {
                assertThat(header(letter.headers().lastHeader(DeadLetters.REASON))).isEqualTo(DeadLetters.RULE_ERROR);
                assertThat(header(letter.headers().lastHeader(DeadLetters.CAUSE))).contains("Exception");
                assertThat(header(letter.headers().lastHeader(DeadLetters.TOPIC)))
                        .isEqualTo(TOPICS.probeResults().name());
            });
        }
    }

    private static String header(org.apache.kafka.common.header.Header header) {
        return new String(header.value(), UTF_8);
    }

    @Test
    void itIsJudgedAgainOnceTheRulesAreMended() throws Exception {
        try (var health = health()) {
            tick(health, BROKEN, 1);
            tick(health, MENDED, 2);
            assertThat(states(health, BAD)).containsExactly(ClusterState.UNKNOWN);
            now = now.plusSeconds(30);
            probed(health, BAD);
            assertThat(transitions(health)).isEmpty();
            now = now.plusSeconds(40);
            probed(health, BAD);
            assertThat(states(health, BAD)).containsExactly(ClusterState.HEALTHY);
        }
    }

    @Test
    void decisionLeavesItAloneAndAlertPages() throws Exception {
        ClusterTransition thrown;
        try (var health = health()) {
            tick(health, BROKEN, 1);
            thrown = transitions(health).getFirst();
        }
        try (var decision = new DrivenTopology(state,
                serdes -> DrivenTopology.decision(serdes, PipelineTest.SOURCE))) {
            decision.tell(TOPICS.clusterTransitions(), thrown, now);
            assertThat(decision.read(TOPICS.decisions(), Decision.class)).singleElement().satisfies(isolated -> {
                assertThat(isolated.action()).isEqualTo(Decision.Action.FREEZE);
                assertThat(isolated.subject()).isEqualTo(BAD + "/*/rule-error");
            });
        }
        try (var alert = new DrivenTopology(state, serdes -> new AlertTopology(TOPICS, serdes).get())) {
            alert.tell(TOPICS.decisionInputs(), thrown, now);
            assertThat(alert.read(TOPICS.alerts(), Alert.class)).extracting(Alert::severity)
                    .containsExactly(Alert.Severity.PAGE);
        }
    }
}
