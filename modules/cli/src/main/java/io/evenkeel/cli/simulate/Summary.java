package io.evenkeel.cli.simulate;

import io.evenkeel.drills.simulator.SeedReport;
import io.evenkeel.drills.simulator.SimulationOptions;
import io.evenkeel.drills.simulator.rule.Figures.Count;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What came of all seeds together. */
final class Summary {

    private static final double PER = 100_000;

    private final List<SeedReport> failures = new ArrayList<>();
    private int seeds;
    private double clusterHours;
    private double targetHours;
    private Count counted = Count.NONE;
    private Count reference = Count.NONE;

    void add(SeedReport report) {
        seeds++;
        clusterHours += report.clusterHours();
        targetHours += report.targetHours();
        counted = counted.plus(report.counted());
        reference = reference.plus(report.reference());
        if (report.failure().isPresent()) {
            failures.add(report);
        }
    }

    List<SeedReport> failures() {
        return failures;
    }

    List<String> lines(SimulationOptions options, long first, Duration took, boolean withReference) {
        var lines = new ArrayList<String>();
        lines.add(String.format(Locale.ROOT,
                "%d seeds from %d on, %.0f h of %d clusters each: %,.0f cluster-hours, %,.0f target-hours", seeds,
                first, options.hours(), options.clusters(), clusterHours, targetHours));
        lines.add(String.format(Locale.ROOT, "%,.0f cluster-hours a minute", perMinute(took)));
        lines.add(String.format(Locale.ROOT,
                "%,d nodes went DOWN, %,d clusters FAILED; %,d replacements, %,d failovers, %,d overtaken by events",
                counted.downs(), counted.faileds(), counted.replacements(), counted.failovers(),
                counted.overtakenActions()));
        lines.add(figures("evenkeel", counted));
        if (withReference) {
            lines.add(figures("plain thresholds", reference));
        }
        lines.add(failures.isEmpty() ? "every rule held after every event" : failures.size() + " seeds break a rule:");
        failures.forEach(report -> report.failure().ifPresent(
                failure -> lines.add("  " + report.replay() + "   " + failure.breach())));
        return lines;
    }

    private String figures(String who, Count count) {
        return String.format(Locale.ROOT,
                "%-16s  false DOWN %d (%.2f per 100,000 target-hours), wrong actions %d (%.2f)", who,
                count.falseDowns(), per(count.falseDowns()), count.wrongActions(), per(count.wrongActions()));
    }

    private double per(long number) {
        return targetHours == 0 ? 0 : number * PER / targetHours;
    }

    private double perMinute(Duration took) {
        return clusterHours / (Math.max(1, took.toMillis()) / 60_000.0);
    }

    Map<String, Object> json(SimulationOptions options, long first, Duration took, boolean withReference) {
        var json = new LinkedHashMap<String, Object>();
        json.put("seeds", seeds);
        json.put("first", first);
        json.put("options", options);
        json.put("clusterHours", clusterHours);
        json.put("targetHours", targetHours);
        json.put("clusterHoursPerMinute", perMinute(took));
        json.put("counted", counted);
        json.put("falseDownsPer100000TargetHours", per(counted.falseDowns()));
        json.put("wrongActionsPer100000TargetHours", per(counted.wrongActions()));
        if (withReference) {
            json.put("reference", reference);
            json.put("referenceFalseDownsPer100000TargetHours", per(reference.falseDowns()));
            json.put("referenceWrongActionsPer100000TargetHours", per(reference.wrongActions()));
        }
        json.put("failures", failures.stream().map(report -> Map.of("seed", report.seed(), "replay", report.replay(),
                "told", report.told())).toList());
        return json;
    }
}
