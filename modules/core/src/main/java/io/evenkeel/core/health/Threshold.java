package io.evenkeel.core.health;

/**
 * K failures within the last N results. K equal to N is "K in a row".
 *
 * @param failures K, 1 to N
 * @param of N, 1 to {@value #MAX_WINDOW}
 */
public record Threshold(int failures, int of) {

    /** A vantage's history of a node is 16 results: 4 bits each, one long. */
    public static final int MAX_WINDOW = 16;

    public Threshold {
        if (failures < 1 || of < failures || of > MAX_WINDOW) {
            throw new IllegalArgumentException("a threshold must be K of N with 1 <= K <= N <= " + MAX_WINDOW
                    + ", was " + failures + " of " + of);
        }
    }

    public static Threshold inARow(int failures) {
        return new Threshold(failures, failures);
    }

    @Override
    public String toString() {
        return failures == of ? failures + " in a row" : failures + " of " + of;
    }
}
