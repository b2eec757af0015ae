package io.evenkeel.core.health;

import io.evenkeel.core.health.ProbeResult.NodeProbed;
import io.evenkeel.core.health.ProbeResult.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The rules of a single node; the table is in {@link HealthRules}. */
final class NodeRules {

    private static final int EVIDENCE_KEPT = 20;

    private NodeRules() {}

    /** A state and why. */
    private record Verdict(NodeState state, String reason) {}

    static NodeHealth counted(NodeHealth node, NodeProbed result, HealthPolicy policy, Instant now) {
        var source = result.source();
        boolean expected = node.target().vantages().stream().anyMatch(v -> v.name().equals(source.vantage()));
        if (!expected || !result.incarnation().equals(node.target().incarnation())) {
            return node;
        }
        var evidence = evidence(result, now);
        var tally = node.tallies().get(source.vantage());
        if (tally == null || tally.isSilent(now, policy.staleAfter())) {
            return node.with(source.vantage(), NodeTally.first(evidence, now));
        }
        return tally.isRepeat(source) ? node : node.with(source.vantage(), tally.plus(evidence, now));
    }

    private static Evidence evidence(NodeProbed result, Instant now) {
        var observedAt = now.minus(result.timing().ageAtSend());
        return switch (result.outcome()) {
            case Outcome.Success _ -> new Evidence(result.source(), observedAt, result.purpose(), true, "healthy");
            case Outcome.Failure(var reason, var detail) -> new Evidence(result.source(), observedAt, result.purpose(),
                    false, detail.isEmpty() ? reason.name() : reason + ": " + detail);
        };
    }

    /** Where the node should stand now; the transition says why, if that is elsewhere. */
    static List<NodeTransition> judge(NodeHealth node, HealthPolicy policy, Instant now) {
        var ballot = ballot(node, policy, now);
        var verdict = verdict(node, ballot, policy, now);
        if (verdict.state() == node.state()) {
            return List.of();
        }
        return List.of(new NodeTransition(node.target(), node.state(), verdict.state(), now,
                HealthRules.nextVersion(node.version(), now), node.version(), firstFailure(node, now), Cause.NONE,
                verdict.reason(),
                ballot.votes(), evidence(node), policy.revision()));
    }

    private static Ballot ballot(NodeHealth node, HealthPolicy policy, Instant now) {
        var votes = new ArrayList<Vote>();
        for (var vantage : node.target().vantages()) {
            var tally = node.tallies().get(vantage.name());
            votes.add(tally == null
                    ? new Vote(vantage.name(), vantage.zone(), Vote.Stand.SILENT, 0)
                    : new Vote(vantage.name(), vantage.zone(), tally.stand(policy, now), tally.streak()));
        }
        return Ballot.of(node.target().vantages(), votes);
    }

    private static Verdict verdict(NodeHealth node, Ballot ballot, HealthPolicy policy, Instant now) {
        return switch (node.target().phase()) {
            case RETIRED -> new Verdict(NodeState.RETIRED, "no longer part of the cluster");
            case RETIRING -> new Verdict(NodeState.DRAINING, "a planned termination is under way");
            case EXPECTED -> node.state() == NodeState.JOINING
                    ? joining(node, ballot, policy, now)
                    : expected(node, ballot, policy, now);
        };
    }

    private static Verdict joining(NodeHealth node, Ballot ballot, HealthPolicy policy, Instant now) {
        if (ballot.decides(Vote.Stand.UP)) {
            return new Verdict(NodeState.UP, ballot.tally(Vote.Stand.UP));
        }
        boolean inGrace = now.isBefore(node.expectedSince().plus(policy.startupGrace()));
        return inGrace ? new Verdict(NodeState.JOINING, "start-up grace") : expected(node, ballot, policy, now);
    }

    private static Verdict expected(NodeHealth node, Ballot ballot, HealthPolicy policy, Instant now) {
        if (!ballot.liveQuorum()) {
            return withoutQuorum(node, ballot);
        }
        if (ballot.decides(Vote.Stand.DOWN)) {
            return new Verdict(NodeState.DOWN, ballot.tally(Vote.Stand.DOWN) + ": " + newestFailure(node));
        }
        return switch (node.state()) {
            case DOWN, RECOVERING -> recovering(node, ballot, policy, now);
            case JOINING, UNKNOWN -> ballot.decides(Vote.Stand.UP)
                    ? new Verdict(NodeState.UP, ballot.tally(Vote.Stand.UP))
                    : new Verdict(node.state(), "no quorum for either");
            default -> ballot.count(Vote.Stand.FAILING, Vote.Stand.DOWN) > 0
                    ? new Verdict(NodeState.SUSPECT,
                            ballot.count(Vote.Stand.FAILING, Vote.Stand.DOWN) + " of " + ballot.votes().size()
                                    + " vantages see failures: " + newestFailure(node))
                    : new Verdict(NodeState.UP, ballot.live() + " of " + ballot.votes().size() + " vantages see it up");
        };
    }

    private static Verdict withoutQuorum(NodeHealth node, Ballot ballot) {
        String heard = ballot.live() + " of " + ballot.votes().size() + " vantages report, " + ballot.quorum()
                + " needed";
        if (ballot.live() == 0) {
            return new Verdict(NodeState.UNKNOWN, heard);
        }
        return switch (node.state()) {
            case UP, SUSPECT -> new Verdict(NodeState.SUSPECT, heard);
            default -> new Verdict(NodeState.UNKNOWN, heard);
        };
    }

    private static Verdict recovering(NodeHealth node, Ballot ballot, HealthPolicy policy, Instant now) {
        if (ballot.decides(Vote.Stand.UP)) {
            boolean longEnough = node.tallies().values().stream()
                    .filter(tally -> tally.stand(policy, now) == Vote.Stand.UP)
                    .noneMatch(tally -> now.isBefore(tally.streakSince().plus(policy.minimumHealthy())));
            return longEnough
                    ? new Verdict(NodeState.UP,
                            ballot.tally(Vote.Stand.UP) + " for at least " + policy.minimumHealthy().toSeconds() + " s")
                    : new Verdict(NodeState.RECOVERING, "healthy, but not yet for long enough");
        }
        if (ballot.count(Vote.Stand.UP, Vote.Stand.RISING) >= ballot.quorum()) {
            return new Verdict(NodeState.RECOVERING, "answers again");
        }
        return new Verdict(node.state(), "no quorum for either");
    }

    private static Instant firstFailure(NodeHealth node, Instant now) {
        return node.tallies().values().stream().filter(tally -> !tally.healthy()).map(NodeTally::streakSince)
                .min(Comparator.naturalOrder()).orElse(now);
    }

    private static String newestFailure(NodeHealth node) {
        return evidence(node).reversed().stream().filter(evidence -> !evidence.healthy()).map(Evidence::summary)
                .findFirst().orElse("no failure on record");
    }

    private static List<Evidence> evidence(NodeHealth node) {
        var all = new ArrayList<Evidence>();
        node.tallies().values().forEach(tally -> all.addAll(tally.recent()));
        all.sort(Comparator.comparing(Evidence::observedAt));
        return List.copyOf(all.subList(Math.max(0, all.size() - EVIDENCE_KEPT), all.size()));
    }
}
