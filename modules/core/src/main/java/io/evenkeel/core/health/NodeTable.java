package io.evenkeel.core.health;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.SharedParts;
import io.evenkeel.core.health.ProbeResult.NodeProbed;
import java.time.Instant;
import java.util.AbstractCollection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of one cluster, each with the time when it must be judged again: the steady ones {@linkplain SteadyRow
 * packed}, the others as they are. Which is which nobody sees from outside but by the memory and the time it takes. Not
 * thread-safe.
 */
final class NodeTable {

    private record Restless(NodeHealth node, Instant checkAt) {}

    private final ClusterId cluster;
    private final SharedParts shared;
    private final SteadyRows steady = new SteadyRows();
    private Map<String, Restless> restless = new HashMap<>();

    NodeTable(ClusterId cluster, SharedParts shared) {
        this.cluster = cluster;
        this.shared = shared;
    }

    @Nullable
    NodeHealth get(String name) {
        var known = restless.get(name);
        if (known != null) {
            return known.node();
        }
        int slot = steady.find(name);
        return slot < 0 ? null : unpacked(slot);
    }

    private NodeHealth unpacked(int slot) {
        return SteadyRow.unpacked(steady.row(slot), steady.kind(slot), cluster);
    }

    /** @param checkAt when it must be judged again; EPOCH for at once */
    void put(NodeHealth node, Instant checkAt) {
        String name = node.target().node().name();
        var packed = SteadyRow.packed(node, shared);
        if (packed.isPresent()) {
            SteadyRow.checkAt(packed.get().row(), checkAt);
            steady.put(name, packed.get());
            calmedDown(name);
        } else {
            restless.put(name, new Restless(node, checkAt));
            steady.remove(name);
        }
    }

    void remove(String name) {
        calmedDown(name);
        steady.remove(name);
    }

    /** A map that was large once, at the start or in a storm, would stay so. */
    private void calmedDown(String name) {
        if (restless.remove(name) != null && restless.isEmpty()) {
            restless = new HashMap<>();
        }
    }

    /** When it must be judged again; EPOCH for at once. */
    Instant checkAt(String name) {
        var known = restless.get(name);
        if (known != null) {
            return known.checkAt();
        }
        int slot = steady.find(name);
        return slot < 0 ? Instant.EPOCH : SteadyRow.checkAt(steady.row(slot));
    }

    /** Each is to be judged again, whether due or not. */
    void checkAll() {
        restless.replaceAll((_, known) -> new Restless(known.node(), Instant.EPOCH));
        steady.forEach(slot -> SteadyRow.checkAt(steady.row(slot), Instant.EPOCH));
    }

    /**
     * Those that must be judged by now; the others' earliest time goes to {@code later}. Each steady one is looked at
     * again as it lies, due or not: so the next time is that of the whole table, and a cluster is not called upon each
     * second for one node of a hundred.
     */
    List<NodeHealth> due(HealthPolicy policy, Moment moment, Consumer<Instant> later) {
        var now = moment.now();
        var due = new ArrayList<NodeHealth>();
        restless.values().forEach(known -> {
            if (known.checkAt().isAfter(now)) {
                later.accept(known.checkAt());
            } else {
                due.add(known.node());
            }
        });
        steady.forEach(slot -> {
            byte[] row = steady.row(slot);
            var again = SteadyRow.nextCheck(row, steady.kind(slot), policy, moment);
            if (again.isAfter(now)) {
                SteadyRow.checkAt(row, again);
                later.accept(again);
            } else if (SteadyRow.checkAt(row).isAfter(now)) {
                later.accept(SteadyRow.checkAt(row));
            } else {
                due.add(unpacked(slot));
            }
        });
        return due;
    }

    /** Those that a probe fails of. */
    List<NodeHealth> inTrouble() {
        return restless.values().stream().map(Restless::node).filter(NodeHealth::inTrouble).toList();
    }

    boolean expects(String name, String vantage) {
        int slot = steady.find(name);
        if (slot >= 0) {
            return steady.kind(slot).expects(vantage);
        }
        var known = restless.get(name);
        return known != null && known.node().target().vantages().stream()
                .anyMatch(expected -> expected.name().equals(vantage));
    }

    /**
     * Takes in what changes nothing but when, and how often, a steady node was seen in order: one more scheduled success
     * from an agent that has said so often enough, before time could have changed anything. It does then what
     * {@link NodeRules#counted} would, without making anything.
     *
     * @return whether that was so; if not, nothing was done
     */
    boolean tookQuietly(NodeProbed result, HealthPolicy policy, Moment moment) {
        int slot = steady.find(result.node().name());
        if (slot < 0 || result.purpose() != ProbeResult.Purpose.SCHEDULED
                || !(result.outcome() instanceof ProbeResult.Outcome.Success)) {
            return false;
        }
        byte[] row = steady.row(slot);
        var kind = steady.kind(slot);
        int vantage = kind.indexOf(result.source());
        if (vantage < 0 || !SteadyRow.isIncarnation(row, kind, result.incarnation())
                || !SteadyRow.checkAt(row).isAfter(moment.now())) {
            return false;
        }
        long counter = result.source().counter();
        var numbers = policy.of(kind.role());
        var observed = moment.now().minus(result.timing().ageAtSend());
        boolean quiet = counter > SteadyRow.counterOf(row, vantage)
                && SteadyRow.streakOf(row, vantage) >= numbers.recoveryThreshold()
                && !moment.isSilent(SteadyRow.observedAt(row, vantage), numbers.staleAfter())
                && SteadyRow.canCount(row, vantage, counter, observed);
        if (quiet) {
            SteadyRow.succeeded(row, vantage, counter, observed);
        }
        return quiet;
    }

    Collection<NodeHealth> all() {
        return new AbstractCollection<>() {
            @Override
            public Iterator<NodeHealth> iterator() {
                var all = new ArrayList<NodeHealth>(size());
                restless.values().forEach(known -> all.add(known.node()));
                steady.forEach(slot -> all.add(unpacked(slot)));
                return all.iterator();
            }

            @Override
            public int size() {
                return restless.size() + steady.size();
            }
        };
    }

    Voters voters() {
        int[] votes = new int[2];
        steady.forEach(slot -> {
            if (steady.kind(slot).votesForMasters()) {
                votes[0]++;
                votes[1]++;
            }
        });
        for (var known : restless.values()) {
            var node = known.node();
            if (node.target().masterEligible() && node.state() != NodeState.RETIRED
                    && node.state() != NodeState.DRAINING) {
                votes[0]++;
                votes[1] += node.state() == NodeState.UP ? 1 : 0;
            }
        }
        return Voters.of(votes[0], votes[1]);
    }
}
