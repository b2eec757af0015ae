package io.evenkeel.core.health;

import io.evenkeel.core.health.ProbeResult.NodeProbed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The rules of a single node: (node, policy, moment) to (node, transition). The table is in {@link ClusterHealth}.
 */
final class NodeRules {

    private static final int EVIDENCE_KEPT = 20;

    private final NodeHealth node;
    private final HealthPolicy policy;
    private final NodePolicy numbers;
    private final Moment moment;
    private final Instant now;
    private final Ballot ballot;

    private NodeRules(NodeHealth node, HealthPolicy policy, Moment moment) {
        this.policy = policy;
        this.numbers = policy.of(node.role());
        this.moment = moment;
        this.now = moment.now();
        this.ballot = ballot(node, policy, moment);
        this.node = noted(node);
    }

    /** A state and why. */
    private record Verdict(NodeState state, String reason) {}

    /** A node after it was judged. */
    record Judged(NodeHealth node, Optional<NodeTransition> transition) {}

    /** Takes a result in, unless it is a repeat, late, or none of this node's. */
    static NodeHealth counted(NodeHealth node, NodeProbed result, Observer sender, HealthPolicy policy,
            Moment moment) {
        var source = result.source();
        boolean expected = node.target().vantages().stream().anyMatch(v -> v.name().equals(source.vantage()));
        if (!expected || !result.incarnation().equals(node.target().incarnation())) {
            return node;
        }
        var observed = moment.now().minus(result.timing().ageAtSend());
        var known = node.tallies().get(source.vantage());
        if (known != null && known.knows(source, observed)) {
            return node;
        }
        // Whoever was silent begins anew: what it said before is too old to count on.
        var tally = known == null || known.isSilent(moment, policy.of(node.role()).staleAfter())
                ? NodeTally.empty(sender)
                : known;
        return node.with(source.vantage(), tally.plus(result, sender, observed, policy.of(node.role()),
                Doubts.of(source, result.timing(), policy)));
    }

    /** Where the node should stand now; the transition says why, if that is elsewhere. */
    static Judged judge(NodeHealth node, HealthPolicy policy, Moment moment) {
        return new NodeRules(node, policy, moment).judged();
    }

    static Ballot ballot(NodeHealth node, HealthPolicy policy, Moment moment) {
        var numbers = policy.of(node.role());
        var votes = new ArrayList<Vote>();
        for (var vantage : node.target().vantages()) {
            var tally = node.tallies().get(vantage.name());
            votes.add(tally == null
                    ? new Vote(vantage.name(), vantage.zone(), Vote.Stand.SILENT, 0)
                    : new Vote(vantage.name(), vantage.zone(), tally.stand(numbers, moment), tally.streak()));
        }
        return Ballot.of(node.target().vantages(), votes);
    }

    private static Instant earlier(Instant one, Instant two) {
        return one.isBefore(two) ? one : two;
    }

    private NodeHealth noted(NodeHealth before) {
        boolean down = ballot.decides(Ballot.DOWN);
        boolean bad = ballot.decides(Ballot.FAILING);
        var downSince = down ? earlier(before.downSince(), now) : Instant.MAX;
        boolean flap = bad && !before.bad() && before.state() != NodeState.JOINING;
        if (downSince.equals(before.downSince()) && bad == before.bad()) {
            return before;
        }
        return flap
                ? before.noted(downSince, true, before.score(numbers.flapping(), now) + 1, now)
                : before.noted(downSince, bad, before.score(), before.scoredAt());
    }

    private Judged judged() {
        var verdict = verdict();
        var cause = cause(verdict.state());
        if (verdict.state() == node.state() && cause.equals(node.cause())) {
            return new Judged(node, Optional.empty());
        }
        var transition = new NodeTransition(node.target(), node.state(), verdict.state(), now,
                Versions.next(node.version(), now), node.version(), firstFailure(), cause, verdict.reason(),
                ballot.votes(), evidence(), policy.revision());
        return new Judged(node.moved(transition), Optional.of(transition));
    }

    /** Kept while a node is DOWN, so that it moves only when what may follow changes, or a confirmation comes. */
    private Cause cause(NodeState next) {
        if (next != NodeState.DOWN && next != NodeState.UNREACHABLE) {
            return Cause.NONE;
        }
        if (!ballot.decides(Ballot.DOWN)) {
            return node.cause();
        }
        var allowed = Consequence.NOTHING;
        for (var candidate : Consequence.values()) {
            if (ballot.decides(vote -> allows(vote, candidate))) {
                allowed = candidate;
            }
        }
        boolean confirmed = confirmed();
        boolean same = next == node.state() && allowed == node.cause().mayFollow()
                && confirmed == node.cause().confirmed();
        return same ? node.cause() : new Cause(reasons(), confirmed, allowed);
    }

    /** A quorum re-probed at once and was refused each time. */
    private boolean confirmed() {
        return ballot.decides(vote -> vote.stand() == Vote.Stand.CONFIRMED_DOWN);
    }

    private boolean allows(Vote vote, Consequence wanted) {
        var tally = node.tallies().get(vote.vantage());
        return Ballot.DOWN.contains(vote.stand()) && tally != null
                && tally.allowed(numbers).compareTo(wanted) >= 0;
    }

    private List<FailureReason> reasons() {
        return ballot.votes().stream().filter(vote -> Ballot.DOWN.contains(vote.stand()))
                .flatMap(vote -> Optional.ofNullable(node.tallies().get(vote.vantage())).stream())
                .map(NodeTally::reason).distinct().sorted().toList();
    }

    private Verdict verdict() {
        return switch (node.target().phase()) {
            case RETIRED -> new Verdict(NodeState.RETIRED, "no longer part of the cluster");
            case RETIRING -> new Verdict(NodeState.DRAINING, "a planned termination is under way");
            case EXPECTED -> node.state() == NodeState.JOINING ? joining() : expected();
        };
    }

    private Verdict joining() {
        if (ballot.decides(Ballot.UP)) {
            return new Verdict(NodeState.UP, ballot.tally(Ballot.UP, "UP"));
        }
        return now.isBefore(graceEnd()) ? new Verdict(NodeState.JOINING, "start-up grace") : expected();
    }

    private Verdict expected() {
        if (!ballot.liveQuorum()) {
            return withoutQuorum();
        }
        if (!node.downSince().equals(Instant.MAX)) {
            return down();
        }
        return switch (node.state()) {
            case FLAPPING -> flapping();
            case DOWN, UNREACHABLE, RECOVERING -> recovering();
            case JOINING, UNKNOWN, DRAINING, RETIRED, MAINTENANCE -> ballot.decides(Ballot.UP)
                    ? new Verdict(NodeState.UP, ballot.tally(Ballot.UP, "UP"))
                    : new Verdict(node.state() == NodeState.JOINING ? NodeState.JOINING : NodeState.UNKNOWN,
                            "no quorum for either");
            case UP, SUSPECT -> usual();
        };
    }

    private Verdict usual() {
        if (flaps()) {
            return flappingBy();
        }
        return ballot.count(Ballot.FAILING) > 0
                ? new Verdict(NodeState.SUSPECT,
                        ballot.tally(Ballot.FAILING, "see failures") + ": " + newestFailure())
                : new Verdict(NodeState.UP, ballot.live() + " of " + ballot.votes().size() + " vantages see it up");
    }

    private Verdict down() {
        boolean held = !now.isBefore(node.downSince().plus(numbers.overrideFlappingAfter()));
        boolean wasDown = node.state() == NodeState.DOWN || node.state() == NodeState.UNREACHABLE;
        boolean damped = node.state() == NodeState.FLAPPING || (!wasDown && flaps());
        if (damped && !held) {
            return flappingBy();
        }
        String seen = ballot.tally(Ballot.DOWN, "DOWN") + ": " + newestFailure();
        var other = new OtherEvidence(node.lives(), failingSince(), numbers, moment);
        var life = other.contradiction();
        if (life.isPresent()) {
            return new Verdict(NodeState.UNREACHABLE, seen + "; but " + OtherEvidence.described(life.get()));
        }
        var echo = wasDown || confirmed() ? Optional.<Life>empty() : other.echo(node.downSince());
        return echo.isPresent()
                ? new Verdict(node.state() == NodeState.UP ? NodeState.SUSPECT : node.state(),
                        seen + "; but " + OtherEvidence.described(echo.get()) + ", the next word of it decides")
                : new Verdict(NodeState.DOWN, seen);
    }

    private Verdict withoutQuorum() {
        if (ballot.live() == 0) {
            return new Verdict(NodeState.UNKNOWN, ballot.heard());
        }
        return switch (node.state()) {
            case UP, SUSPECT -> new Verdict(NodeState.SUSPECT, ballot.heard());
            default -> new Verdict(NodeState.UNKNOWN, ballot.heard());
        };
    }

    private Verdict recovering() {
        if (flaps() && ballot.decides(Ballot.ANSWERING)) {
            return flappingBy();
        }
        if (ballot.decides(Ballot.UP)) {
            return healthyLongEnough()
                    ? new Verdict(NodeState.UP, ballot.tally(Ballot.UP, "UP") + " for at least "
                            + numbers.minimumHealthy().toSeconds() + " s")
                    : new Verdict(NodeState.RECOVERING, "healthy, but not yet for long enough");
        }
        if (ballot.count(Ballot.ANSWERING) > 0) {
            return new Verdict(NodeState.RECOVERING, ballot.tally(Ballot.ANSWERING, "get answers again"));
        }
        return new Verdict(node.state(), "no quorum for either");
    }

    private Verdict flapping() {
        boolean calm = node.score(numbers.flapping(), now) < numbers.flapping().low();
        return calm && ballot.decides(Ballot.UP) && healthyLongEnough()
                ? new Verdict(NodeState.UP, "calm again: " + ballot.tally(Ballot.UP, "UP"))
                : flappingBy();
    }

    private boolean flaps() {
        return node.score(numbers.flapping(), now) >= numbers.flapping().high();
    }

    private Verdict flappingBy() {
        return new Verdict(NodeState.FLAPPING, String.format(java.util.Locale.ROOT,
                "comes and goes: score %.1f, starts at %.1f, ends under %.1f", node.score(numbers.flapping(), now),
                numbers.flapping().high(), numbers.flapping().low()));
    }

    private boolean healthyLongEnough() {
        return node.tallies().values().stream()
                .filter(tally -> tally.stand(numbers, moment) == Vote.Stand.UP)
                .noneMatch(tally -> now.isBefore(tally.streakSince().plus(numbers.minimumHealthy())));
    }

    private Instant graceEnd() {
        return node.expectedSince().plus(numbers.startupGrace());
    }

    private Instant firstFailure() {
        var first = failingSince();
        return first.equals(Instant.MAX) ? now : first;
    }

    /** When the failures began that it is judged by; a vantage that is silent or doubts itself says nothing of that. */
    private Instant failingSince() {
        var begun = ballot.votes().stream().filter(Vote::isCounted)
                .flatMap(vote -> Optional.ofNullable(node.tallies().get(vote.vantage())).stream())
                .filter(NodeTally::inTrouble).map(NodeTally::failingSince).sorted().toList();
        return ballot.sinceQuorum(begun).orElse(Instant.MAX);
    }

    private String newestFailure() {
        return evidence().reversed().stream().filter(evidence -> !evidence.healthy()).map(Evidence::summary)
                .findFirst().orElse("no failure on record");
    }

    /** Of a vantage without trouble, its newest result. */
    private List<Evidence> evidence() {
        var all = new ArrayList<Evidence>();
        for (var tally : node.tallies().values()) {
            if (tally.recent().isEmpty()) {
                all.add(new Evidence(tally.observer().source(tally.counter()), tally.observedAt(),
                        ProbeResult.Purpose.SCHEDULED, !tally.failing(), tally.failing() ? tally.doubt() : "healthy"));
            } else {
                all.addAll(tally.recent());
            }
        }
        all.sort(Comparator.comparing(Evidence::observedAt));
        return List.copyOf(all.subList(Math.max(0, all.size() - EVIDENCE_KEPT), all.size()));
    }

    /**
     * When time alone could change its state, at the earliest; MAX when it could not. Before that, a healthy result of a
     * node that is UP changes nothing.
     */
    static Instant nextCheck(NodeHealth node, HealthPolicy policy, Moment moment) {
        return new NodeRules(node, policy, moment).nextCheck();
    }

    static NodeExplanation explain(NodeHealth node, HealthPolicy policy, Moment moment) {
        return new NodeRules(node, policy, moment).explained();
    }

    private NodeExplanation explained() {
        var views = ballot.votes().stream().map(vote -> {
            var tally = node.tallies().get(vote.vantage());
            return tally == null
                    ? new NodeExplanation.View(vote, Instant.EPOCH, List.of(), 0, "", "")
                    : new NodeExplanation.View(vote, tally.observedAt(), History.described(tally.history()),
                            tally.confirmations(), tally.doubt(),
                            tally.inTrouble() ? numbers.of(tally.reason()).threshold().toString() : "");
        }).toList();
        return new NodeExplanation(node.target(), node.role(), node.state(), node.since(), node.cause(),
                node.score(numbers.flapping(), now), ballot.quorum(), ballot.zonesNeeded(), views, node.lives(),
                evidence(), nextCheck(), numbers, policy.revision());
    }

    private Instant nextCheck() {
        var next = Instant.MAX;
        for (var tally : node.tallies().values()) {
            next = sooner(next, moment.silentFrom(tally.observedAt(), numbers.staleAfter()));
            next = sooner(next, tally.streakSince().plus(numbers.minimumHealthy()));
        }
        for (var life : node.lives()) {
            next = sooner(next, moment.silentFrom(life.observedAt(), numbers.staleAfter()));
        }
        next = sooner(next, graceEnd());
        if (!node.downSince().equals(Instant.MAX)) {
            next = sooner(next, node.downSince().plus(numbers.overrideFlappingAfter()));
            next = sooner(next, node.downSince().plus(numbers.contradictionAfter()));
        }
        return node.score() == 0 ? next : sooner(next, calmAt());
    }

    private Instant calmAt() {
        double halfLives = Math.log(node.score() / numbers.flapping().low()) / Math.log(2);
        return halfLives <= 0
                ? Instant.EPOCH
                : node.scoredAt().plus(Duration.ofMillis(
                        (long) Math.ceil(halfLives * numbers.flapping().halfLife().toMillis()) + 1));
    }

    private Instant sooner(Instant next, Instant candidate) {
        return !candidate.isAfter(now) || next.isBefore(candidate) ? next : candidate;
    }
}
