package io.evenkeel.core.health;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.Vantage;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that is remembered of a cluster as a whole: a value, judged by {@link ClusterRules} and {@link VantageRules}.
 *
 * @param vantages the vantages expected to probe the cluster; empty until it is expected
 * @param state where the cluster stands
 * @param version version of its last transition, 0 before the first
 * @param lostSince when the failures began that made it FAILED or QUORUM_LOST, until it is HEALTHY again; EPOCH when none
 * @param tallies by vantage name
 * @param watch what is known of the expected vantages themselves, by name
 * @param trustedFrom a rule threw, so it is UNKNOWN until then; EPOCH when none did
 */
public record ClusterHead(ClusterId cluster, List<Vantage> vantages, ClusterState state, Instant since, long version,
        Instant lostSince, SortedMap<String, ClusterTally> tallies, SortedMap<String, VantageHealth> watch,
        Instant trustedFrom) {

    public ClusterHead {
        vantages = List.copyOf(vantages);
        tallies = Collections.unmodifiableSortedMap(new TreeMap<>(tallies));
        watch = Collections.unmodifiableSortedMap(new TreeMap<>(watch));
        // What an older version kept has none.
        trustedFrom = Objects.requireNonNullElse(trustedFrom, Instant.EPOCH);
    }

    /** A cluster that nothing is known of yet. */
    static ClusterHead unknown(ClusterId cluster) {
        return new ClusterHead(cluster, List.of(), ClusterState.UNKNOWN, Instant.EPOCH, 0, Instant.EPOCH,
                new TreeMap<>(), new TreeMap<>(), Instant.EPOCH);
    }

    ClusterHead expecting(List<Vantage> next, Instant now) {
        var watched = new TreeMap<String, VantageHealth>();
        var counted = new TreeMap<String, ClusterTally>();
        for (var vantage : next) {
            var known = watch.get(vantage.name());
            watched.put(vantage.name(), known == null ? VantageHealth.joining(now) : known);
            var tally = tallies.get(vantage.name());
            if (tally != null) {
                counted.put(vantage.name(), tally);
            }
        }
        return new ClusterHead(cluster, next, state, since, version, lostSince, counted, watched, trustedFrom);
    }

    boolean expects(String vantage) {
        return watch.containsKey(vantage);
    }

    ClusterHead with(String vantage, ClusterTally tally) {
        var next = new TreeMap<>(tallies);
        next.put(vantage, tally);
        return new ClusterHead(cluster, vantages, state, since, version, lostSince, next, watch, trustedFrom);
    }

    ClusterHead with(String vantage, VantageHealth health) {
        var next = new TreeMap<>(watch);
        next.put(vantage, health);
        return new ClusterHead(cluster, vantages, state, since, version, lostSince, tallies, next, trustedFrom);
    }

    ClusterHead moved(ClusterTransition transition) {
        return new ClusterHead(cluster, vantages, transition.to(), transition.at(), transition.version(),
                lostSince(transition), tallies, watch, trustedFrom);
    }

    private Instant lostSince(ClusterTransition transition) {
        return switch (transition.to()) {
            case FAILED, QUORUM_LOST -> transition.firstFailureAt();
            case HEALTHY -> Instant.EPOCH;
            case DEGRADED, UNKNOWN, MAINTENANCE -> lostSince;
        };
    }

    /** It was FAILED or QUORUM_LOST, and has not proved itself since. */
    boolean wasLost() {
        return !lostSince.equals(Instant.EPOCH);
    }

    ClusterHead distrusted(Instant until) {
        return new ClusterHead(cluster, vantages, state, since, version, lostSince, tallies, watch, until);
    }

    /** Whether the difference to another one must survive a crash. */
    boolean survivesAs(ClusterHead other, ClusterPolicy policy) {
        return state == other.state && version == other.version && lostSince.equals(other.lostSince)
                && vantages.equals(other.vantages) && trustedFrom.equals(other.trustedFrom)
                && same(tallies, other.tallies, (one, two) -> one.survivesAs(two, policy))
                && same(watch, other.watch, VantageHealth::survivesAs);
    }

    private interface Same<V> {
        boolean test(V one, V two);
    }

    private static <V> boolean same(Map<String, V> ones, Map<String, V> others, Same<V> same) {
        return ones.keySet().equals(others.keySet()) && ones.entrySet().stream().allMatch(entry -> {
            var other = others.get(entry.getKey());
            return other != null && same.test(entry.getValue(), other);
        });
    }
}
