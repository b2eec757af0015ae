package io.evenkeel.bench;

import java.util.List;
import java.util.OptionalDouble;

/**
 * One line of a report.
 *
 * @param what the thing measured, for people
 * @param unit of value and reference
 * @param value the median of the rounds, or the quantile that {@code what} names
 * @param reference the same of the reference; empty where there is none
 * @param goals all of them must be met; empty for a line that only explains
 */
public record Figure(String what, String unit, double value, OptionalDouble reference, List<Goal> goals) {

    public Figure {
        goals = List.copyOf(goals);
    }

    /** A value by itself. */
    public static Figure of(String what, String unit, double value, Goal... goals) {
        return new Figure(what, unit, value, OptionalDouble.empty(), List.of(goals));
    }

    /** A value beside its reference. */
    public static Figure beside(String what, String unit, double value, double reference, Goal... goals) {
        return new Figure(what, unit, value, OptionalDouble.of(reference), List.of(goals));
    }

    /** Value to reference; NaN without one. */
    public double ratio() {
        return reference.isPresent() ? value / reference.getAsDouble() : Double.NaN;
    }

    public boolean isReached() {
        return goals.stream().allMatch(goal -> goal.isMetBy(goal.of() == Goal.Of.RATIO ? ratio() : value));
    }
}
