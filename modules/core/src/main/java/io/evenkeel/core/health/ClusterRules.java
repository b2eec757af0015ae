package io.evenkeel.core.health;

import io.evenkeel.core.cluster.Vantage;
import io.evenkeel.core.health.ProbeResult.ClusterProbed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/** The rules of a cluster as a whole; the table is in {@link ClusterHealth}. */
final class ClusterRules {

    private ClusterRules() {}

    /** A state and why. */
    private record Verdict(ClusterState state, String reason) {}

    /** Takes a result in, unless it is a repeat, late, or from a vantage that is not expected. */
    static ClusterHead counted(ClusterHead cluster, ClusterProbed result, HealthPolicy policy, Moment moment) {
        var source = result.source();
        if (!cluster.expects(source.vantage())) {
            return cluster;
        }
        var view = result.view();
        var observed = moment.now().minus(result.timing().ageAtSend());
        var known = cluster.tallies().get(source.vantage());
        var evidence = new Evidence(source, observed, ProbeResult.Purpose.SCHEDULED, view.fine(),
                summary(view, known == null ? "" : known.newest().summary()));
        if (known != null && known.knows(source, observed)) {
            return cluster;
        }
        var doubt = view.fine() ? "" : Doubts.of(source, result.timing(), policy);
        if (known == null || known.isSilent(moment, policy.staleAfter())) {
            return cluster.with(source.vantage(), doubt.isEmpty()
                    ? ClusterTally.first(view, evidence)
                    : ClusterTally.none(evidence, doubt));
        }
        return cluster.with(source.vantage(),
                doubt.isEmpty() ? known.plus(view, evidence) : known.doubted(doubt, evidence));
    }

    /** The last one when nothing changed: it is kept for each vantage of each cluster. */
    private static String summary(ClusterView view, String last) {
        String next = summary(view);
        return next.equals(last) ? last : next;
    }

    private static String summary(ClusterView view) {
        return view.nodesAnswered() + " of " + view.nodesTried() + " nodes answered, canary " + view.canary()
                + ", colour " + view.colour() + ", master " + view.master()
                + (view.detail().isEmpty() ? "" : ": " + view.detail());
    }

    /** Where the cluster should stand now; the transition says why, if that is elsewhere. */
    static Optional<ClusterTransition> judge(ClusterHead cluster, Supplier<Voters> voters, HealthPolicy policy,
            Moment moment) {
        if (cluster.vantages().isEmpty()) {
            return Optional.empty();
        }
        var now = moment.now();
        var ballot = ballot(cluster, policy, moment);
        var verdict = verdict(cluster, voters, ballot, policy, moment);
        if (verdict.state() == cluster.state()) {
            return Optional.empty();
        }
        return Optional.of(new ClusterTransition(cluster.cluster(), cluster.state(), verdict.state(), now,
                Versions.next(cluster.version(), now), cluster.version(), firstFailure(cluster, ballot, policy, moment),
                verdict.reason(), voters.get(), ballot.votes(), evidence(cluster), policy.revision()));
    }

    private static Ballot ballot(ClusterHead cluster, HealthPolicy policy, Moment moment) {
        var votes = new ArrayList<Vote>();
        for (var vantage : cluster.vantages()) {
            votes.add(tally(cluster, vantage).map(tally -> tally.vote(vantage, policy, moment))
                    .orElseGet(() -> new Vote(vantage.name(), vantage.zone(), Vote.Stand.SILENT, 0)));
        }
        return Ballot.of(cluster.vantages(), votes);
    }

    private static Verdict verdict(ClusterHead cluster, Supplier<Voters> voters, Ballot ballot, HealthPolicy policy,
            Moment moment) {
        if (moment.now().isBefore(cluster.trustedFrom())) {
            return new Verdict(ClusterState.UNKNOWN, "a rule threw within the last "
                    + ClusterHealth.TRUSTED_AFTER.toSeconds() + " s");
        }
        if (!ballot.liveQuorum()) {
            return new Verdict(ClusterState.UNKNOWN, ballot.heard());
        }
        int worse = policy.cluster().failureThreshold();
        if (agreed(cluster, ballot, policy, moment, ClusterTally::unusable, worse)) {
            return new Verdict(ClusterState.FAILED, "can't be used: " + newestSummary(cluster));
        }
        boolean masterless = agreed(cluster, ballot, policy, moment, ClusterTally::masterless, worse);
        if (!isBack(cluster, ballot, policy, moment)) {
            return !masterless && isContested(cluster, policy, moment)
                    ? new Verdict(ClusterState.UNKNOWN, "it was " + cluster.state()
                            + ", vantages disagree by now: no quorum for either")
                    : new Verdict(cluster.state(), "no quorum for a change");
        }
        if (masterless) {
            return new Verdict(ClusterState.QUORUM_LOST, "no elected master: " + voters.get());
        }
        if (agreed(cluster, ballot, policy, moment, ClusterTally::notFine, worse)
                && !agreed(cluster, ballot, policy, moment, ClusterTally::unusable, 1)) {
            return new Verdict(ClusterState.DEGRADED, "works, but not in order: " + newestSummary(cluster));
        }
        if (agreed(cluster, ballot, policy, moment, ClusterTally::fine, policy.cluster().recoveryThreshold())) {
            return fine(cluster, ballot, policy, moment);
        }
        return isLost(cluster.state())
                ? new Verdict(ClusterState.DEGRADED, "works again, but is not in order for long enough")
                : new Verdict(cluster.state(), "no quorum for a change");
    }

    private static boolean isLost(ClusterState state) {
        return state == ClusterState.FAILED || state == ClusterState.QUORUM_LOST;
    }

    /** What made it lost is over, as a quorum says often enough; so it is for who was not lost. */
    private static boolean isBack(ClusterHead cluster, Ballot ballot, HealthPolicy policy, Moment moment) {
        int better = policy.cluster().recoveryThreshold();
        return switch (cluster.state()) {
            case FAILED -> agreed(cluster, ballot, policy, moment, ClusterTally::usable, better);
            case QUORUM_LOST -> agreed(cluster, ballot, policy, moment, ClusterTally::led, better);
            case HEALTHY, DEGRADED, UNKNOWN, MAINTENANCE -> true;
        };
    }

    /** Somebody has seen it back for longer than the others would need to say so, too. */
    private static boolean isContested(ClusterHead cluster, HealthPolicy policy, Moment moment) {
        int better = policy.cluster().recoveryThreshold();
        boolean failed = cluster.state() == ClusterState.FAILED;
        return cluster.vantages().stream().flatMap(vantage -> counted(cluster, vantage, policy, moment).stream())
                .anyMatch(tally -> (failed ? tally.usable() : tally.led()) > better);
    }

    /** A cluster that was lost must stay in order for a while before it is trusted again; until then it is of use. */
    private static Verdict fine(ClusterHead cluster, Ballot ballot, HealthPolicy policy, Moment moment) {
        boolean longEnough = cluster.tallies().values().stream()
                .filter(tally -> tally.fine() >= policy.cluster().recoveryThreshold())
                .noneMatch(tally -> moment.now().isBefore(tally.streakSince().plus(policy.cluster().minimumHealthy())));
        return !cluster.wasLost() || longEnough
                ? new Verdict(ClusterState.HEALTHY, ballot.tally(Ballot.UP, "UP"))
                : new Verdict(ClusterState.DEGRADED, "works again, but is not in order for long enough");
    }

    private static boolean agreed(ClusterHead cluster, Ballot ballot, HealthPolicy policy, Moment moment,
            ToIntFunction<ClusterTally> streak, int threshold) {
        var zones = new HashSet<String>();
        int votes = 0;
        for (var vantage : cluster.vantages()) {
            var tally = counted(cluster, vantage, policy, moment);
            if (tally.isPresent() && streak.applyAsInt(tally.get()) >= threshold) {
                votes++;
                zones.add(vantage.zone());
            }
        }
        return votes >= ballot.quorum() && zones.size() >= ballot.zonesNeeded();
    }

    private static Optional<ClusterTally> counted(ClusterHead cluster, Vantage vantage, HealthPolicy policy,
            Moment moment) {
        return tally(cluster, vantage).filter(t -> !t.isSilent(moment, policy.staleAfter()) && t.doubt().isEmpty());
    }

    private static Optional<ClusterTally> tally(ClusterHead cluster, Vantage vantage) {
        return Optional.ofNullable(cluster.tallies().get(vantage.name()));
    }

    /**
     * When it became a quorum's that it is not in order, or the first one's while it is none: as of a node. What was lost
     * and is in order again, but not yet HEALTHY, is still the same incident.
     */
    private static Instant firstFailure(ClusterHead cluster, Ballot ballot, HealthPolicy policy, Moment moment) {
        var begun = cluster.tallies().values().stream().filter(tally -> tally.notFine() > 0
                && tally.doubt().isEmpty() && !tally.isSilent(moment, policy.staleAfter()))
                .map(ClusterTally::streakSince).sorted().toList();
        return ballot.sinceQuorum(begun).orElse(cluster.wasLost() ? cluster.lostSince() : moment.now());
    }

    private static String newestSummary(ClusterHead cluster) {
        return evidence(cluster).reversed().stream().filter(evidence -> !evidence.healthy()).map(Evidence::summary)
                .findFirst().orElse("no failure on record");
    }

    private static List<Evidence> evidence(ClusterHead cluster) {
        return cluster.tallies().values().stream().map(ClusterTally::newest)
                .sorted(Comparator.comparing(Evidence::observedAt)).toList();
    }

    static ClusterExplanation explain(ClusterHead cluster, Voters voters, HealthPolicy policy, Moment moment) {
        var ballot = ballot(cluster, policy, moment);
        var views = ballot.votes().stream().map(vote -> {
            var tally = cluster.tallies().get(vote.vantage());
            return tally == null
                    ? new ClusterExplanation.View(vote, Instant.EPOCH, 0, 0, 0, 0, "")
                    : new ClusterExplanation.View(vote, tally.newest().observedAt(), tally.unusable(),
                            tally.masterless(), tally.notFine(), tally.fine(), tally.newest().summary());
        }).toList();
        var watched = cluster.watch().entrySet().stream().map(entry -> new ClusterExplanation.Watched(entry.getKey(),
                entry.getValue().state(), entry.getValue().since(), entry.getValue().lastHeard(),
                entry.getValue().doubt())).toList();
        return new ClusterExplanation(cluster.cluster(), cluster.state(), cluster.since(), voters, ballot.quorum(),
                ballot.zonesNeeded(), views, watched, nextCheck(cluster, policy, moment), policy.cluster(),
                policy.revision());
    }

    /** When time alone could change its state, at the earliest; MAX when it could not. */
    static Instant nextCheck(ClusterHead cluster, HealthPolicy policy, Moment moment) {
        var next = cluster.trustedFrom().isAfter(moment.now()) ? cluster.trustedFrom() : Instant.MAX;
        for (var tally : cluster.tallies().values()) {
            var silent = moment.silentFrom(tally.newest().observedAt(), policy.staleAfter());
            var trusted = tally.streakSince().plus(policy.cluster().minimumHealthy());
            next = silent.isAfter(moment.now()) && silent.isBefore(next) ? silent : next;
            next = trusted.isAfter(moment.now()) && trusted.isBefore(next) ? trusted : next;
        }
        return next;
    }
}
