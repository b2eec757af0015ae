package io.evenkeel.bench;

import java.util.Locale;

/**
 * What a figure is to reach.
 *
 * @param of the value itself, or its ratio to the reference
 * @param bound which side of the limit is good
 */
public record Goal(Of of, Bound bound, double limit) {

    /** What is compared with the limit. */
    public enum Of {
        VALUE, RATIO
    }

    /** Which side of the limit is good. */
    public enum Bound {
        AT_MOST, AT_LEAST
    }

    public static Goal atMost(double limit) {
        return new Goal(Of.VALUE, Bound.AT_MOST, limit);
    }

    public static Goal atLeast(double limit) {
        return new Goal(Of.VALUE, Bound.AT_LEAST, limit);
    }

    public static Goal ratioAtMost(double limit) {
        return new Goal(Of.RATIO, Bound.AT_MOST, limit);
    }

    public static Goal ratioAtLeast(double limit) {
        return new Goal(Of.RATIO, Bound.AT_LEAST, limit);
    }

    boolean isMetBy(double measured) {
        return switch (bound) {
            case AT_MOST -> measured <= limit;
            case AT_LEAST -> measured >= limit;
        };
    }

    /** {@code <= 200 B} or {@code >= 0.4 x}. */
    String text(String unit) {
        return String.format(Locale.ROOT, "%s %s %s", bound == Bound.AT_MOST ? "<=" : ">=", Numbers.text(limit),
                of == Of.RATIO ? "x" : unit);
    }
}
