package io.evenkeel.core.decision;

import java.time.Instant;

/**
 * One gate's answer.
 *
 * @param gate the gate's name, such as {@code hold} or {@code act-after}
 * @param numbers what it looked at, such as {@code 1 of 2 other data nodes UP}
 * @param mayChangeAt when time alone may change the answer; {@link Instant#EPOCH} when it does not
 */
public record GateAnswer(String gate, Answer answer, String numbers, Instant mayChangeAt) {

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

    public boolean isYes() {
        return answer == Answer.YES;
    }
}
