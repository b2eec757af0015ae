package io.evenkeel.core.health;

import io.evenkeel.core.cluster.Vantage;
import io.evenkeel.core.health.ProbeResult.ClusterProbed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/** The rules of a cluster as a whole; the table is in {@link HealthRules}. */
final class ClusterRules {

    private ClusterRules() {}

    /** A state and why. */
    private record Verdict(ClusterState state, String reason) {}

    static ClusterHealth counted(ClusterHealth cluster, ClusterProbed result, HealthPolicy policy, Instant now) {
        var source = result.source();
        if (cluster.vantages().stream().noneMatch(vantage -> vantage.name().equals(source.vantage()))) {
            return cluster;
        }
        var view = result.view();
        var evidence = new Evidence(source, now.minus(result.timing().ageAtSend()), ProbeResult.Purpose.SCHEDULED,
                view.fine(), summary(view));
        var tally = cluster.tallies().get(source.vantage());
        if (tally == null || tally.isSilent(now, policy.staleAfter())) {
            return cluster.with(source.vantage(), ClusterTally.first(view, evidence, now));
        }
        return tally.isRepeat(source) ? cluster : cluster.with(source.vantage(), tally.plus(view, evidence, now));
    }

    private static String summary(ClusterView view) {
        return view.nodesAnswered() + " of " + view.nodesTried() + " nodes answered, canary " + view.canary()
                + ", colour " + view.colour() + ", master " + view.master()
                + (view.detail().isEmpty() ? "" : ": " + view.detail());
    }

    static List<ClusterTransition> judge(ClusterHealth cluster, HealthPolicy policy, Instant now) {
        var ballot = ballot(cluster, policy, now);
        var verdict = verdict(cluster, ballot, policy, now);
        if (verdict.state() == cluster.state()) {
            return List.of();
        }
        return List.of(new ClusterTransition(cluster.cluster(), cluster.state(), verdict.state(), now,
                HealthRules.nextVersion(cluster.version(), now), cluster.version(), firstFailure(cluster, now),
                verdict.reason(), cluster.voters(), ballot.votes(), evidence(cluster), policy.revision()));
    }

    private static Ballot ballot(ClusterHealth cluster, HealthPolicy policy, Instant now) {
        var votes = new ArrayList<Vote>();
        for (var vantage : cluster.vantages()) {
            votes.add(tally(cluster, vantage).map(tally -> tally.vote(vantage, policy, now))
                    .orElseGet(() -> new Vote(vantage.name(), vantage.zone(), Vote.Stand.SILENT, 0)));
        }
        return Ballot.of(cluster.vantages(), votes);
    }

    private static Verdict verdict(ClusterHealth cluster, Ballot ballot, HealthPolicy policy, Instant now) {
        if (!ballot.liveQuorum()) {
            return new Verdict(ClusterState.UNKNOWN, ballot.live() + " of " + ballot.votes().size()
                    + " vantages report, " + ballot.quorum() + " needed");
        }
        int threshold = policy.failureThreshold();
        if (agreed(cluster, ballot, policy, now, ClusterTally::unusable, threshold)) {
            return new Verdict(ClusterState.FAILED, "can't be used: " + newestSummary(cluster));
        }
        if (agreed(cluster, ballot, policy, now, ClusterTally::masterless, threshold)) {
            return new Verdict(ClusterState.QUORUM_LOST, "no elected master: " + cluster.voters());
        }
        if (agreed(cluster, ballot, policy, now, ClusterTally::notFine, threshold)
                && !agreed(cluster, ballot, policy, now, ClusterTally::unusable, 1)) {
            return new Verdict(ClusterState.DEGRADED, "works, but not in order: " + newestSummary(cluster));
        }
        if (agreed(cluster, ballot, policy, now, ClusterTally::fine, policy.recoveryThreshold())) {
            return fine(cluster, ballot, policy, now);
        }
        return new Verdict(cluster.state(), "no quorum for a change");
    }

    /** A cluster that was lost must stay in order for a while before it is trusted again. */
    private static Verdict fine(ClusterHealth cluster, Ballot ballot, HealthPolicy policy, Instant now) {
        boolean wasLost = cluster.state() == ClusterState.FAILED || cluster.state() == ClusterState.QUORUM_LOST;
        boolean longEnough = cluster.tallies().values().stream()
                .filter(tally -> tally.fine() >= policy.recoveryThreshold())
                .noneMatch(tally -> now.isBefore(tally.streakSince().plus(policy.minimumHealthy())));
        return !wasLost || longEnough
                ? new Verdict(ClusterState.HEALTHY, ballot.tally(Vote.Stand.UP))
                : new Verdict(cluster.state(), "in order, but not yet for long enough");
    }

    private static boolean agreed(ClusterHealth cluster, Ballot ballot, HealthPolicy policy, Instant now,
            ToIntFunction<ClusterTally> streak, int threshold) {
        var zones = new HashSet<String>();
        int votes = 0;
        for (var vantage : cluster.vantages()) {
            var tally = tally(cluster, vantage).filter(t -> !t.isSilent(now, policy.staleAfter()));
            if (tally.isPresent() && streak.applyAsInt(tally.get()) >= threshold) {
                votes++;
                zones.add(vantage.zone());
            }
        }
        return votes >= ballot.quorum() && zones.size() >= ballot.zonesNeeded();
    }

    private static Optional<ClusterTally> tally(ClusterHealth cluster, Vantage vantage) {
        return Optional.ofNullable(cluster.tallies().get(vantage.name()));
    }

    private static Instant firstFailure(ClusterHealth cluster, Instant now) {
        return cluster.tallies().values().stream().filter(tally -> tally.notFine() > 0).map(ClusterTally::streakSince)
                .min(Comparator.naturalOrder()).orElse(now);
    }

    private static String newestSummary(ClusterHealth cluster) {
        return evidence(cluster).reversed().stream().filter(evidence -> !evidence.healthy()).map(Evidence::summary)
                .findFirst().orElse("no failure on record");
    }

    private static List<Evidence> evidence(ClusterHealth cluster) {
        return cluster.tallies().values().stream().map(ClusterTally::newest)
                .sorted(Comparator.comparing(Evidence::observedAt)).toList();
    }
}
