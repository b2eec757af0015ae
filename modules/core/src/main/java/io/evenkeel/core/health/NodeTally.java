package io.evenkeel.core.health;

import io.evenkeel.core.health.ProbeResult.NodeProbed;
import io.evenkeel.core.health.ProbeResult.Outcome;
import io.evenkeel.core.health.ProbeResult.Purpose;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What one vantage has said of one node so far.
 *
 * @param observer who sent the newest result
 * @param counter its counter: an equal or lower one of the same boot is a repeat
 * @param observedAt when the newest was observed
 * @param failing what the newest said
 * @param streak scheduled results in a row that said so; confirmations don't lengthen it
 * @param streakSince when the first of them was observed
 * @param history the last scheduled results, see {@link History}
 * @param confirmations re-probes that were refused or reset since the last success
 * @param failingSince when the present spell of failures began, which ends with {@code recoveryThreshold} successes in
 *     a row; {@link Instant#MAX} when there is none
 * @param reason what the last failure of the spell was; OTHER when there is none
 * @param doubt why its newest failure was not counted; empty when it was
 * @param recent newest results of the spell, oldest first, at most {@link #KEPT}; empty when there is none
 */
public record NodeTally(Observer observer, long counter, Instant observedAt, boolean failing, int streak,
        Instant streakSince, long history, int confirmations, Instant failingSince, FailureReason reason, String doubt,
        List<Evidence> recent) {

    /** Results kept per vantage as evidence: with up to five vantages a transition stays within its 20. */
    static final int KEPT = 4;

    public NodeTally {
        recent = List.copyOf(recent);
    }

    static NodeTally empty(Observer observer) {
        return new NodeTally(observer, 0, Instant.EPOCH, false, 0, Instant.EPOCH, History.NONE, 0, Instant.MAX,
                FailureReason.OTHER, "", List.of());
    }

    NodeTally sentBy(Observer sender) {
        return new NodeTally(sender, counter, observedAt, failing, streak, streakSince, history, confirmations,
                failingSince, reason, doubt, recent);
    }

    /** An equal or lower counter of the same boot, or of another boot and observed before the newest. */
    boolean knows(ProbeSource source, Instant observed) {
        return observer.sent(source) ? source.counter() <= counter : observed.isBefore(observedAt);
    }

    boolean isSilent(Moment moment, Duration staleAfter) {
        return moment.isSilent(observedAt, staleAfter);
    }

    boolean inTrouble() {
        return !failingSince.equals(Instant.MAX);
    }

    NodeTally plus(NodeProbed result, Observer sender, Instant observed, NodePolicy policy, String doubted) {
        return switch (result.outcome()) {
            case Outcome.Success _ -> succeeded(result, sender, observed, policy);
            case Outcome.Failure _ when !doubted.isEmpty() -> new NodeTally(sender, result.source().counter(), observed,
                    failing, streak, streakSince, history, confirmations, failingSince, reason, doubted, recent);
            case Outcome.Failure(var why, var detail) -> failed(result, sender, observed, why,
                    new Evidence(result.source(), observed, result.purpose(), false,
                            detail.isEmpty() ? why.name() : why + ": " + detail));
        };
    }

    private NodeTally succeeded(NodeProbed result, Observer sender, Instant observed, NodePolicy policy) {
        boolean scheduled = result.purpose() == Purpose.SCHEDULED;
        int next = failing ? 1 : streak + (scheduled ? 1 : 0);
        boolean over = next >= policy.recoveryThreshold();
        var kept = !inTrouble() || over
                ? List.<Evidence>of()
                : kept(new Evidence(result.source(), observed, result.purpose(), true, "healthy"));
        return new NodeTally(sender, result.source().counter(), observed, false, next,
                failing || streak == 0 ? observed : streakSince, scheduled ? History.succeeded(history) : history, 0,
                over ? Instant.MAX : failingSince, over ? FailureReason.OTHER : reason, "", kept);
    }

    private NodeTally failed(NodeProbed result, Observer sender, Instant observed, FailureReason why,
            Evidence evidence) {
        boolean scheduled = result.purpose() == Purpose.SCHEDULED;
        // Two agents of one vantage, while one takes over from the other, must not count twice as fast.
        boolean doubled = scheduled && failing && streak > 0 && !observer.sent(result.source())
                && observed.isBefore(observedAt.plus(result.timing().interval().dividedBy(2)));
        boolean counts = scheduled && !doubled;
        boolean gone = why == FailureReason.CONNECT_REFUSED || why == FailureReason.RESET;
        return new NodeTally(sender, result.source().counter(), observed, true,
                (failing ? streak : 0) + (counts ? 1 : 0), failing ? streakSince : observed,
                counts ? History.failed(history, why) : history,
                confirmations + (!scheduled && gone ? 1 : 0), inTrouble() ? failingSince : observed, why, "",
                kept(evidence));
    }

    private List<Evidence> kept(Evidence newest) {
        var kept = new ArrayList<>(recent.subList(Math.max(0, recent.size() - KEPT + 1), recent.size()));
        kept.add(newest);
        return kept;
    }

    Vote.Stand stand(NodePolicy numbers, Moment moment) {
        if (isSilent(moment, numbers.staleAfter())) {
            return Vote.Stand.SILENT;
        }
        if (!doubt.isEmpty()) {
            return Vote.Stand.DOUBTED;
        }
        if (confirmedDead(numbers)) {
            return Vote.Stand.CONFIRMED_DOWN;
        }
        if (!inTrouble()) {
            return streak >= numbers.recoveryThreshold() ? Vote.Stand.UP : Vote.Stand.RISING;
        }
        if (History.allowed(history, numbers.classes()) != Consequence.NOTHING) {
            return Vote.Stand.DOWN;
        }
        return failing ? Vote.Stand.FAILING : Vote.Stand.RISING;
    }

    private boolean confirmedDead(NodePolicy numbers) {
        return numbers.confirmations() > 0 && confirmations >= numbers.confirmations();
    }

    /** The most that may follow from its vote. */
    Consequence allowed(NodePolicy numbers) {
        var counted = History.allowed(history, numbers.classes());
        var confirmed = confirmedDead(numbers)
                ? numbers.of(FailureReason.CONNECT_REFUSED).mayFollow()
                : Consequence.NOTHING;
        return counted.compareTo(confirmed) >= 0 ? counted : confirmed;
    }

    private boolean knowsNoFailure() {
        return !inTrouble() && History.clean(history);
    }

    /** It saw no failure that it remembers, and has no doubt. */
    boolean isClean() {
        return knowsNoFailure() && doubt.isEmpty();
    }

    /** Whether the difference to another one must survive a crash: when and by whom health was seen need not. */
    boolean survivesAs(NodeTally other, NodePolicy numbers) {
        boolean steady = knowsNoFailure() && other.knowsNoFailure();
        return failing == other.failing && confirmations == other.confirmations
                && failingSince.equals(other.failingSince) && reason == other.reason && doubt.equals(other.doubt)
                && streakSince.equals(other.streakSince)
                && Math.min(streak, numbers.recoveryThreshold()) == Math.min(other.streak, numbers.recoveryThreshold())
                && (steady || history == other.history);
    }
}
