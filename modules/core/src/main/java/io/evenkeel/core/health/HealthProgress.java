package io.evenkeel.core.health;

import java.time.Instant;

/**
 * HEALTH has judged all that a partition held up to a time, and has told what came of it. Written in the transaction that
 * tells it, and copied as transitions are, so that whoever hears this has heard those.
 *
 * @param partition of {@code probe-results}, from 0 on
 * @param judgedUpTo the rules' time at a tick: newest append time of the partition
 */
public record HealthProgress(int partition, Instant judgedUpTo) {
    public HealthProgress {
        if (partition < 0) {
            throw new IllegalArgumentException("partition must be >= 0, was " + partition);
        }
    }
}
