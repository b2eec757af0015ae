package io.evenkeel.core.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.core.alert.Alert.Status;
import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.decision.DecisionInput;
import io.evenkeel.core.decision.DecisionWorld;
import io.evenkeel.core.decision.Intent;
import io.evenkeel.core.health.ClusterState;
import io.evenkeel.core.health.NodeState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person's silence keeps back, and for how long. */
final class SilenceTest {

    private static final Instant T0 = Instant.parse("2026-11-22T10:00:00Z");
    private static final Duration TICK = Duration.ofSeconds(1);

    private final List<Alert> alerts = new ArrayList<>();
    private AlertState state = AlertState.empty();
    private Instant now = T0;
    private long version = 1;

    private void tell(DecisionInput input) {
        var step = AlertRules.apply(state, new AlertInput.Told(input), now);
        state = step.state();
        alerts.addAll(step.alerts());
    }

    private void node(String name, NodeState from, NodeState to) {
        tell(new DecisionInput.NodeChanged(DecisionWorld.transition(name, from, to, now, version++)));
    }

    private void cluster(ClusterState from, ClusterState to) {
        tell(new DecisionInput.ClusterChanged(
                DecisionWorld.transition(DecisionWorld.PRIMARY, from, to, now, version++)));
    }

    private void silence(String subject, Duration lasting) {
        tell(new DecisionInput.IntentSet(new Intent(Intent.Kind.SILENCE, subject, "ann", "new disks", now,
                now.plus(lasting))));
    }

    private void release(String subject) {
        tell(new DecisionInput.IntentReleased(Intent.key(Intent.Kind.SILENCE, subject)));
    }

    private void tickAfter(Duration time) {
        now = now.plus(time);
        tell(new DecisionInput.Ticked());
    }

    private List<String> told() {
        return alerts.stream().map(alert -> alert.subject() + " " + alert.status() + " " + alert.sequence()).toList();
    }

    @Test
    void whatIsStillBrokenWhenTheSilenceEndsIsToldThen() {
        silence("primary/d1", Duration.ofMinutes(10));
        node("d1", NodeState.SUSPECT, NodeState.DOWN);
        tickAfter(Duration.ofMinutes(9));
        assertThat(told()).isEmpty();
        tickAfter(Duration.ofMinutes(1));
        assertThat(told()).containsExactly("primary/d1 FIRING 1");
        assertThat(alerts.getFirst().since()).isEqualTo(T0);
        tickAfter(TICK);
        assertThat(told()).as("told once").hasSize(1);
        assertThat(state.silences()).isEmpty();
    }

    @Test
    void whatEndedInTheSilenceIsNeverTold() {
        silence("primary/d1", Duration.ofMinutes(10));
        node("d1", NodeState.SUSPECT, NodeState.DOWN);
        node("d1", NodeState.RECOVERING, NodeState.UP);
        tickAfter(Duration.ofMinutes(11));
        assertThat(told()).isEmpty();
    }

    @Test
    void whatWasToldBeforeIsResolvedInTheSilenceAndItsNewsWait() {
        cluster(ClusterState.HEALTHY, ClusterState.DEGRADED);
        silence("primary", Duration.ofMinutes(10));
        tickAfter(TICK);
        cluster(ClusterState.DEGRADED, ClusterState.FAILED);
        assertThat(told()).containsExactly("primary FIRING 1");
        cluster(ClusterState.FAILED, ClusterState.HEALTHY);
        assertThat(told()).containsExactly("primary FIRING 1", "primary RESOLVED 2");
    }

    @Test
    void aReleaseEndsItWithTheNextTick() {
        silence("primary", Duration.ofDays(1));
        node("d1", NodeState.SUSPECT, NodeState.DOWN);
        release("primary");
        tickAfter(TICK);
        assertThat(told()).containsExactly("primary/d1 FIRING 1");
    }

    @Test
    void itKeepsBackWhatItNamesAndWhatLiesInThat() {
        silence("primary/d1", Duration.ofHours(1));
        node("d1", NodeState.SUSPECT, NodeState.DOWN);
        node("d10", NodeState.SUSPECT, NodeState.DOWN);
        cluster(ClusterState.HEALTHY, ClusterState.FAILED);
        assertThat(told()).containsExactly("primary/d10 FIRING 1", "primary FIRING 1");
        silence("*", Duration.ofHours(1));
        node("d2", NodeState.SUSPECT, NodeState.DOWN);
        assertThat(told()).hasSize(2);
    }

    @Test
    void aHoldSilencesNothing() {
        tell(new DecisionInput.IntentSet(new Intent(Intent.Kind.HOLD, "primary", "ann", "upgrade", now,
                now.plusSeconds(600))));
        node("d1", NodeState.SUSPECT, NodeState.DOWN);
        assertThat(told()).hasSize(1);
    }

    /** Sequences have no gap, RESOLVED follows FIRING, silence is kept, and nothing that is open stays untold after it. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void holdsInHistoriesOfAllKinds(long seed) {
        var random = new Random(seed);
        var states = List.of(NodeState.DOWN, NodeState.UP, NodeState.FLAPPING, NodeState.UNKNOWN);
        var subjects = List.of("primary", "primary/d0", "primary/d1", "*");
        for (int step = 0; step < 2_000; step++) {
            int before = alerts.size();
            now = now.plusMillis(random.nextInt(2_000));
            switch (random.nextInt(8)) {
                case 0 -> silence(subjects.get(random.nextInt(subjects.size())),
                        Duration.ofSeconds(1 + random.nextInt(30)));
                case 1 -> release(subjects.get(random.nextInt(subjects.size())));
                case 2, 3 -> tell(new DecisionInput.Ticked());
                default -> node("d" + random.nextInt(4), NodeState.SUSPECT, states.get(random.nextInt(states.size())));
            }
            assertThat(alerts.subList(before, alerts.size())).allSatisfy(alert -> assertThat(
                    alert.status() == Status.RESOLVED || !state.isSilenced(alert.subject(), now)).isTrue());
        }
        subjects.forEach(this::release);
        tickAfter(TICK);
        assertThat(state.open().values()).noneMatch(OpenAlert::untold).allMatch(OpenAlert::wasTold);
        assertSequencesWithoutGap();
    }

    private void assertSequencesWithoutGap() {
        var last = new HashMap<String, Alert>();
        assertThat(alerts).isNotEmpty().allSatisfy(alert -> {
            var before = last.put(alert.key(), alert);
            assertThat(alert.sequence()).isEqualTo(before == null ? 1 : before.sequence() + 1);
            assertThat(before == null ? Status.FIRING : before.status()).isEqualTo(Status.FIRING);
            assertThat(before != null || alert.status() == Status.FIRING).isTrue();
            assertThat(NodeId.parse(alert.subject()).cluster()).isEqualTo(DecisionWorld.PRIMARY);
        });
    }
}
