package io.evenkeel.drills.simulator;

import io.evenkeel.drills.simulator.rule.Breach;
import io.evenkeel.drills.simulator.rule.Figures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What came of one seed.
 *
 * @param clusterHours virtual hours times clusters
 * @param targetHours virtual hours times nodes
 * @param events how many happened
 * @param hash of all that happened: equal for equal seeds
 * @param counted what the pipeline did
 * @param reference what plain thresholds would have done
 * @param failure empty when every rule held
 */
public record SeedReport(long seed, SimulationOptions options, double clusterHours, double targetHours, long events,
        long hash, Figures.Count counted, Figures.Count reference, Optional<Failure> failure) {

    /**
     * A rule that was broken.
     *
     * @param at virtual time of the event after which it was found
     * @param recent what happened last, oldest first
     */
    public record Failure(Breach breach, Instant at, List<String> recent) {
        public Failure {
            recent = List.copyOf(recent);
        }
    }

    /** Words that run it again just so. */
    public String replay() {
        return options.replay(seed);
    }

    /** All that a person needs to look into a failure; empty when there is none. */
    public List<String> told() {
        var lines = new ArrayList<String>();
        failure.ifPresent(found -> {
            lines.add("seed " + seed + " breaks " + found.breach());
            lines.add("at " + found.at() + ", event " + events + "; before it:");
            found.recent().forEach(line -> lines.add("  " + line));
            lines.add("again: " + replay());
        });
        return lines;
    }
}
