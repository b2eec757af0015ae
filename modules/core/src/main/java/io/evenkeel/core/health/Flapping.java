package io.evenkeel.core.health;

import java.time.Duration;

/**
 * When a node that comes and goes is called FLAPPING. Each time a quorum of vantages begins to see failures adds 1 to
 * its score; the score halves every {@code halfLife}. (Nagios has the two marks; the decay is that of a load average.)
 *
 * @param high from this score on the node is FLAPPING, more than {@code low}, at most 1,000
 * @param low it ends below this score, and only after {@code minimumHealthy}
 * @param halfLife at least 1 s
 */
public record Flapping(double high, double low, Duration halfLife) {

    public Flapping {
        if (!(low > 0) || !(high > low) || high > 1_000) {
            throw new IllegalArgumentException(
                    "flapping.high must be more than flapping.low, which must be more than 0, were " + high + " and "
                            + low);
        }
        if (halfLife.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("flapping.halfLife must be at least 1 s, was " + halfLife);
        }
    }
}
