package io.evenkeel.core.decision;

/**
 * One gate's answer.
 *
 * @param gate the gate's name, such as {@code hold} or {@code blast-radius}
 * @param numbers what it looked at, such as {@code 1 of 2 other data nodes UP}
 */
public record GateAnswer(String gate, Answer answer, String numbers) {

    public enum Answer {
        YES,
        /** Not now; time or a person may change it. */
        WAIT, NO
    }
}
