package io.evenkeel.drills.simulator;

/**
 * How a world is made.
 *
 * @param clusters 2 to 1,000; every two are a service
 * @param hours of virtual time, over 0
 * @param lostProbes share of probes that are lost with nothing wrong, 0 to 0.2
 */
public record SimulationOptions(int clusters, double hours, double lostProbes) {

    /** Goals: 1 % of probes are lost. */
    public static final double LOST_PROBES = 0.01;

    public static final int CLUSTERS = 10;

    public SimulationOptions {
        if (clusters < 2 || clusters > 1_000) {
            throw new IllegalArgumentException("--clusters must be 2 to 1000, was " + clusters);
        }
        if (!(hours > 0)) {
            throw new IllegalArgumentException("--hours must be over 0, was " + hours);
        }
        if (!(lostProbes >= 0 && lostProbes <= 0.2)) {
            throw new IllegalArgumentException("--lost must be 0 to 0.2, was " + lostProbes);
        }
    }

    public static SimulationOptions ofHours(double hours) {
        return new SimulationOptions(CLUSTERS, hours, LOST_PROBES);
    }

    /** Words that run one seed again just so. */
    public String replay(long seed) {
        return "evenkeel simulate --seed " + seed + " --hours " + text(hours)
                + (clusters == CLUSTERS ? "" : " --clusters " + clusters)
                + (lostProbes == LOST_PROBES ? "" : " --lost " + text(lostProbes));
    }

    private static String text(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }
}
