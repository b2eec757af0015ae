package io.evenkeel.bench;

import java.util.Arrays;
import java.util.Collection;

/** What is left of many measurements. */
public final class Rounds {

    private Rounds() {}

    public static double median(Collection<Double> values) {
        return quantile(values, 0.5);
    }

    /**
     * The smallest value that at least this share of them does not exceed.
     *
     * @param share 0 to 1
     * @throws IllegalArgumentException when there are no values
     */
    public static double quantile(Collection<Double> values, double share) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("a quantile needs at least one value");
        }
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int index = (int) Math.ceil(share * sorted.length) - 1;
        return sorted[Math.max(0, Math.min(index, sorted.length - 1))];
    }

    /** The median of what the rounds have for a quantile. */
    public static double median(Collection<? extends Collection<Double>> rounds, double share) {
        return median(rounds.stream().map(round -> quantile(round, share)).toList());
    }

    public static double median(double... values) {
        return median(Arrays.stream(values).boxed().toList());
    }
}
