package io.evenkeel.topology;

import static io.evenkeel.topology.PipelineTest.SOURCE;
import static io.evenkeel.topology.PipelineTest.T0;
import static io.evenkeel.topology.PipelineTest.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.core.action.ActionRequest;
import io.evenkeel.core.decision.Decision;
import io.evenkeel.core.health.ClusterState;
import io.evenkeel.core.health.HealthProgress;
import io.evenkeel.core.health.NodeState;
import io.evenkeel.events.Tick;
import io.evenkeel.topology.health.HealthTopology;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HEALTH says up to when it has judged, and DECISION goes by nothing that is older. */
class ProgressTest {

    @TempDir
    private Path state;

    private DrivenTopology health() throws Exception {
        return new DrivenTopology(state, serdes -> new HealthTopology(TOPICS, serdes, SOURCE).get());
    }

    /** Two data nodes, one of them DOWN since T0; {@code actAfter} is 5 s. */
    private DrivenTopology decision() throws Exception {
        return new DrivenTopology(state, serdes -> DrivenTopology.decision(serdes, SOURCE))
                .tell(TOPICS.clusterTransitions(), PipelineTest.moved(ClusterState.HEALTHY, T0), T0)
                .tell(TOPICS.nodeTransitions(),
                        PipelineTest.moved("d1", NodeState.JOINING, NodeState.UP, T0, 1, "data"),
                        T0)
                .tell(TOPICS.nodeTransitions(),
                        PipelineTest.moved("d2", NodeState.JOINING, NodeState.UP, T0, 1, "data"),
                        T0)
                .tell(TOPICS.nodeTransitions(), PipelineTest.moved("d1", NodeState.UP, NodeState.DOWN, T0, 2, "data"),
                        T0);
    }

    private static void progress(DrivenTopology decision, Instant judgedUpTo) {
        decision.tell(TOPICS.healthProgress(), new HealthProgress(0, judgedUpTo), judgedUpTo);
    }

    private static void tick(DrivenTopology decision, Instant at) {
        decision.tell(TOPICS.decisionInputs(), new Tick("run", 1), at);
    }

    @Test
    void healthTellsAtEachTickUpToWhenItHasJudged() throws Exception {
        try (var health = health()) {
            health.tell(TOPICS.targets(), PipelineTest.target("d1", "data"), T0);
            assertThat(health.read(TOPICS.healthProgress(), HealthProgress.class)).isEmpty();
            health.tell(TOPICS.probeResults(), new Tick("run", 1), T0.plusSeconds(1))
                    .tell(TOPICS.probeResults(), new Tick("run", 2), T0.plusSeconds(2));
            assertThat(health.read(TOPICS.healthProgress(), HealthProgress.class)).containsExactly(
                    new HealthProgress(0, T0.plusSeconds(1)), new HealthProgress(0, T0.plusSeconds(2)));
        }
    }

    @Test
    void manyProcessesThatTickMakeNoMoreOfIt() throws Exception {
        try (var health = health()) {
            for (int tenth = 0; tenth < 100; tenth++) {
                health.tell(TOPICS.probeResults(), new Tick("run-" + tenth % 10, tenth), T0.plusMillis(100L * tenth));
            }
            assertThat(health.read(TOPICS.healthProgress(), HealthProgress.class)).hasSize(20);
        }
    }

    @Test
    void decisionWaitsWhileHealthStandsStillAndGoesOnWithIt() throws Exception {
        try (var decision = decision()) {
            progress(decision, T0.plusSeconds(1));
            tick(decision, T0.plusSeconds(36));
            assertThat(decision.read(TOPICS.actionRequests(), ActionRequest.class)).isEmpty();
            assertThat(decision.read(TOPICS.decisions(), Decision.class)).last().satisfies(decided -> {
                assertThat(decided.decidedBy()).isEqualTo("input-lag");
                assertThat(decided.reason()).contains("judged up to 2026-11-22T10:00:01Z, 35 s ago");
            });
            progress(decision, T0.plusSeconds(36));
            tick(decision, T0.plusSeconds(37));
            assertThat(decision.read(TOPICS.actionRequests(), ActionRequest.class)).hasSize(1);
        }
    }

    @Test
    void aBacklogIsNotJudgedAsIfItWereNew() throws Exception {
        try (var decision = decision()) {
            tick(decision, T0.plusSeconds(4));
            var now = T0.plusSeconds(600);
            tick(decision, now);
            for (int second = 5; second < 300; second++) {
                progress(decision, T0.plusSeconds(second));
                tick(decision, now);
            }
            decision.tell(TOPICS.nodeTransitions(), PipelineTest.moved("d1", NodeState.DOWN, NodeState.UP,
                    T0.plusSeconds(300), 3, "data"), T0.plusSeconds(300));
            progress(decision, now);
            tick(decision, now);
            assertThat(decision.read(TOPICS.actionRequests(), ActionRequest.class)).isEmpty();
        }
    }
}
