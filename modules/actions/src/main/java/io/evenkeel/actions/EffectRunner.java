package io.evenkeel.actions;

import io.evenkeel.actions.Effect.Seen.Absent;
import io.evenkeel.actions.Effect.Seen.There;
import io.evenkeel.actions.Effect.Seen.Trouble;
import io.evenkeel.actions.Effect.Seen.Unfit;
import io.evenkeel.core.action.ActionOutcome.Status;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Brings an effect about: read the state, ask the gates, look, ask again, call, verify. What AWS refuses for now is tried
 * again while the lease lasts, each time from the read on. A call without an answer is followed by a re-read; when that
 * cannot tell, the end is UNKNOWN_EFFECT, never a guess.
 */
final class EffectRunner {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration MAX_PAUSE = Duration.ofSeconds(5);

    private final Attempt attempt;
    private final Effect effect;
    private final Look look;
    private String passedOver = "";
    private Duration nextPause = FIRST_PAUSE;
    private boolean mayHaveHappened;

    /** A {@link LastLook} at what this effect is about; takes at most a call's time. */
    @FunctionalInterface
    interface Look {
        LastLook.Looked now() throws InterruptedException;
    }

    private EffectRunner(Attempt attempt, Effect effect, Look look) {
        this.attempt = attempt;
        this.effect = effect;
        this.look = look;
    }

    static Ending run(Attempt attempt, Effect effect, Look look) throws InterruptedException {
        return new EffectRunner(attempt, effect, look).run();
    }

    private Ending run() throws InterruptedException {
        while (true) {
            var step = readAndAct();
            if (step.isPresent()) {
                return step.get().noting(passedOver);
            }
        }
    }

    /** Empty when it is to be tried again. */
    private Optional<Ending> readAndAct() throws InterruptedException {
        return switch (effect.read()) {
            case There(var detail) ->
                Optional.of(new Ending(mayHaveHappened ? Status.SUCCEEDED : Status.ALREADY_DONE, detail));
            case Unfit(var detail) -> Optional.of(undone(Status.REFUSED, detail));
            case Trouble(var failure) -> retryOrEnd(failure);
            case Absent _ -> act();
        };
    }

    private Optional<Ending> act() throws InterruptedException {
        var refusal = refusal();
        if (refusal.isPresent()) {
            return Optional.of(undone(Status.REFUSED, refusal.get().detail()));
        }
        return switch (effect.act()) {
            case There(var detail) -> Optional.of(verify(detail));
            case Absent(var detail) -> Optional.of(undone(Status.REFUSED, detail));
            case Unfit(var detail) -> Optional.of(undone(Status.REFUSED, detail));
            case Trouble(var failure) -> {
                mayHaveHappened |= failure instanceof CallFailure.Unavailable;
                yield retryOrEnd(failure);
            }
        };
    }

    /** A look takes time, in which a person may speak and the lease runs: what costs nothing is asked twice. */
    private Optional<LiveGates.Refusal> refusal() throws InterruptedException {
        passedOver = "";
        var before = attempt.refusal();
        if (before.isPresent()) {
            return before;
        }
        var looked = look.now();
        passedOver = looked.passedOver();
        return looked.refusal().or(attempt::refusal);
    }

    private Optional<Ending> retryOrEnd(CallFailure failure) throws InterruptedException {
        boolean pointless = failure instanceof CallFailure.Denied;
        return !pointless && attempt.pauseWithinLease(backOff())
                ? Optional.empty()
                : Optional.of(undone(Status.FAILED, words(failure)));
    }

    private Ending undone(Status status, String detail) {
        return mayHaveHappened
                ? new Ending(Status.UNKNOWN_EFFECT, "a call brought no answer, then " + detail)
                : new Ending(status, detail);
    }

    private Ending verify(String accepted) throws InterruptedException {
        var until = attempt.elapsed().plus(attempt.verifyWithin());
        nextPause = FIRST_PAUSE;
        while (true) {
            String last;
            switch (effect.verify()) {
                case There(var detail) -> {
                    return new Ending(Status.SUCCEEDED, accepted + "; " + detail);
                }
                case Unfit(var detail) -> {
                    return new Ending(Status.UNKNOWN_EFFECT, accepted + "; but then " + detail);
                }
                case Absent(var detail) -> last = detail;
                case Trouble(var failure) -> last = words(failure);
            }
            if (attempt.elapsed().compareTo(until) >= 0) {
                return new Ending(Status.UNKNOWN_EFFECT,
                        accepted + "; not confirmed within " + attempt.verifyWithin().toSeconds() + " s: " + last);
            }
            attempt.pause(backOff());
        }
    }

    /** Doubles up to 5 s, with a quarter of jitter: Route 53's limit of 5 requests a second is shared by the account. */
    private Duration backOff() {
        var pause = nextPause;
        var doubled = nextPause.multipliedBy(2);
        nextPause = doubled.compareTo(MAX_PAUSE) > 0 ? MAX_PAUSE : doubled;
        return pause.plusMillis(ThreadLocalRandom.current().nextLong(pause.toMillis() / 4 + 1));
    }

    private static String words(CallFailure failure) {
        return switch (failure) {
            case CallFailure.Throttled(var detail) -> "throttled: " + detail;
            case CallFailure.Denied(var detail) -> "denied: " + detail;
            case CallFailure.Unavailable(var detail, _) -> "no answer: " + detail;
        };
    }
}
