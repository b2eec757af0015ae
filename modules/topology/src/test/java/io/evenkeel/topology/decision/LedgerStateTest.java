package io.evenkeel.topology.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.decision.Asked;
import io.evenkeel.core.decision.Decision;
import io.evenkeel.core.decision.DryRuns;
import io.evenkeel.core.decision.Freeze;
import io.evenkeel.core.decision.Intent;
import io.evenkeel.core.decision.Isolation;
import io.evenkeel.core.decision.Ledger;
import io.evenkeel.core.decision.Order;
import io.evenkeel.core.decision.Progress;
import io.evenkeel.core.facts.ClusterFacts;
import io.evenkeel.core.facts.FactGroup;
import io.evenkeel.core.facts.KnownFacts;
import io.evenkeel.topology.state.StateJson;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class LedgerStateTest {

    private static final Instant T0 = Instant.parse("2026-11-22T10:00:00.123456Z");
    private static final ClusterId CLUSTER = new ClusterId("primary");

    private static Ledger full() {
        var facts = new ClusterFacts(CLUSTER, "agent",
                new TreeMap<>(Map.of(FactGroup.DISKS, Duration.ofMillis(5), FactGroup.COPIES, Duration.ZERO)),
                new ClusterFacts.Membership(new TreeSet<>(List.of("d1")), new TreeSet<>(List.of("m1"))),
                new ClusterFacts.Copies(new TreeMap<>(Map.of("", new ClusterFacts.LastCopies(1, List.of("a[0]"))))),
                new ClusterFacts.Allocation(1, 2, 3, 4),
                new TreeMap<>(Map.of("d2", new ClusterFacts.Shutdown("RESTART", "upgrade"))),
                new TreeMap<>(Map.of("d1", new ClusterFacts.NodeDisk(7, 8))),
                new TreeMap<>(Map.of("group", new ClusterFacts.ScalingGroup(List.of("Launch"), "InProgress"))));
        return new Ledger(new TreeMap<>(Map.of("primary", KnownFacts.none(CLUSTER).with(facts, T0))),
                new TreeMap<>(Map.of("req-1",
                        new Asked("req-1", "inc-1", Decision.Action.REPLACE_INSTANCE, CLUSTER, T0))),
                new TreeMap<>(Map.of("storm/primary", new Freeze(Freeze.Kind.STORM, "primary", T0, 2, 3, Instant.MAX,
                        true, new TreeSet<>(List.of("d1", "d2"))))),
                new TreeMap<>(Map.of("approve/inc-1",
                        new Order("o-1", Order.Kind.APPROVE, "inc-1", "ann", "yes", T0, T0.plusSeconds(60), 7))),
                new TreeMap<>(Map.of("primary/FAIL_OVER", new DryRuns(3, T0, "inc-1"))),
                new TreeMap<>(Map.of("primary", new Isolation(CLUSTER, "boom", T0))), Progress.none(_ -> 0));
    }

    @Test
    void everyKindOfEntryIsReadAsItWasWritten() {
        var ledger = full();
        var values = new ArrayList<Object>(List.of(Intent.brakeRelease("ann", "looked", T0),
                new Intent(Intent.Kind.BRAKE, "*", "evenkeel", "too many", T0, Instant.MAX)));
        for (var map : List.of(ledger.facts(), ledger.asked(), ledger.freezes(), ledger.orders(), ledger.dryRuns(),
                ledger.isolated())) {
            values.addAll(map.values());
        }
        assertThat(values).hasSize(8);
        for (var value : values) {
            assertThat(StateJson.<Object>read(asObject(value), StateJson.written(value))).isEqualTo(value);
        }
    }

    @SuppressWarnings("unchecked") // The class of a value of that class.
    private static Class<Object> asObject(Object value) {
        return (Class<Object>) value.getClass();
    }
}
