package io.evenkeel.core.decision;

import io.evenkeel.core.decision.SafetyPolicy.Facts.Use;
import java.time.Instant;

/**
 * One gate's answer.
 *
 * @param gate the gate's name, such as {@code hold} or {@code act-after}
 * @param numbers what it looked at, such as {@code 1 of 2 other data nodes UP}
 * @param mayChangeAt when time alone may change the answer; {@link Instant#EPOCH} when it does not
 */
public record GateAnswer(String gate, Answer answer, String numbers, Instant mayChangeAt) {

    private static final String CANNOT_KNOW = "cannot know: ";

    public enum Answer {
        YES,
        /** Not now; time or a person may change it. */
        WAIT, NO
    }

    /** An answer that time alone does not change. */
    public GateAnswer(String gate, Answer answer, String numbers) {
        this(gate, answer, numbers, Instant.EPOCH);
    }

    static GateAnswer yes(String gate, String numbers) {
        return new GateAnswer(gate, Answer.YES, numbers);
    }

    static GateAnswer notYet(String gate, String numbers) {
        return new GateAnswer(gate, Answer.WAIT, numbers);
    }

    static GateAnswer waitUntil(Instant time, String gate, String numbers) {
        return new GateAnswer(gate, Answer.WAIT, numbers, time);
    }

    static GateAnswer no(String gate, String numbers) {
        return new GateAnswer(gate, Answer.NO, numbers);
    }

    /** What can't be known says no, or is passed over where facts are optional. */
    static GateAnswer unknown(String gate, String why, Use use) {
        return switch (use) {
            case REQUIRED -> notYet(gate, CANNOT_KNOW + why);
            case OPTIONAL -> yes(gate, CANNOT_KNOW + why + "; facts are optional");
            case OFF -> yes(gate, "not asked: facts are off");
        };
    }

    public boolean isYes() {
        return answer == Answer.YES;
    }

    /** A yes only because what it would have looked at is optional, and could not be known. */
    public boolean isPassedOver() {
        return isYes() && numbers.startsWith(CANNOT_KNOW);
    }
}
