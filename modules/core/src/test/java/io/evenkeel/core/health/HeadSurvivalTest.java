package io.evenkeel.core.health;

import static io.evenkeel.core.health.HealthWorld.CLUSTER;
import static io.evenkeel.core.health.HealthWorld.DEAD;
import static io.evenkeel.core.health.HealthWorld.FINE;
import static io.evenkeel.core.health.HealthWorld.T0;
import static io.evenkeel.core.health.HealthWorld.VANTAGES;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.core.cluster.Vantage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a step says must survive is enough to go on from: of a cluster as a whole. */
class HeadSurvivalTest {

    private final HealthPolicy policy = ClusterHealthTest.provedAfter(Duration.ofSeconds(60)).policy;
    private final ClusterHealth health = new ClusterHealth(CLUSTER);
    private final List<ClusterState> told = new ArrayList<>();
    private ClusterHead kept = health.head();
    private Instant now = T0;
    private long counter;

    @Test
    void aClusterThatIsLostAndRestoredAfterEveryStepIsJudgedAsOneThatWasNot() {
        tell(new HealthInput.ClusterExpected(CLUSTER, VANTAGES));
        for (var view : List.of(FINE, FINE, DEAD, DEAD, DEAD, FINE, FINE, FINE)) {
            now = now.plusSeconds(30);
            counter++;
            VANTAGES.forEach(vantage -> tell(new HealthInput.Probed(probed(vantage, view))));
        }
        assertThat(told).containsExactly(ClusterState.HEALTHY, ClusterState.FAILED, ClusterState.DEGRADED,
                ClusterState.HEALTHY);
    }

    private ProbeResult.ClusterProbed probed(Vantage vantage, ClusterView view) {
        return new ProbeResult.ClusterProbed(CLUSTER,
                new ProbeSource(vantage.name(), vantage.zone(), "agent", "boot-1", counter), view,
                new ProbeResult.Timing(Duration.ofMillis(3), Duration.ofMillis(5), Duration.ofSeconds(30)));
    }

    private void tell(HealthInput input) {
        var step = health.apply(policy, input, Moment.of(now));
        for (var output : step.outputs()) {
            if (output instanceof HealthOutput.ClusterChanged(var transition)) {
                told.add(transition.to());
            }
        }
        kept = step.headChanged() ? health.head() : kept;
        health.restore(kept);
    }
}
