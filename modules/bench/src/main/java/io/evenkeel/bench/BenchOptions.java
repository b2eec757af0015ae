package io.evenkeel.bench;

import java.util.List;
import java.util.function.Consumer;

/**
 * How a bench is asked.
 *
 * @param rounds how often; 0 for the bench's own number
 * @param quick small and within a minute: shows that the bench works, not how fast Evenkeel is
 * @param targets how many targets where a bench can choose; 0 for the bench's own number
 * @param tls whether targets are asked over https where a bench can choose
 * @param progress takes lines for people
 * @param evenkeel the words that start Evenkeel in a process of its own; a command follows them
 */
public record BenchOptions(int rounds, boolean quick, int targets, boolean tls, Consumer<String> progress,
        List<String> evenkeel) {

    public BenchOptions {
        if (rounds < 0) {
            throw new IllegalArgumentException("--rounds must be 0 or more, was " + rounds);
        }
        if (targets < 0) {
            throw new IllegalArgumentException("--targets must be 0 or more, was " + targets);
        }
        evenkeel = List.copyOf(evenkeel);
    }

    /** Rounds as asked for, else the bench's own number of them. */
    public int roundsOr(int usual, int whenQuick) {
        if (rounds > 0) {
            return rounds;
        }
        return quick ? whenQuick : usual;
    }

    /** Targets as asked for, else the bench's own number of them. */
    public int targetsOr(int usual, int whenQuick) {
        if (targets > 0) {
            return targets;
        }
        return quick ? whenQuick : usual;
    }

    public void say(String line) {
        progress.accept(line);
    }
}
