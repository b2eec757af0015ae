package io.evenkeel.lab.scenario;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Scenarios to be played one after the other on one lab. */
public record Programme(List<Scenario> scenarios) {

    /** @throws IllegalArgumentException naming the scenario after which the lab can't be brought back */
    public Programme {
        if (scenarios.isEmpty()) {
            throw new IllegalArgumentException("no scenario is named; there are: " + all());
        }
        scenarios = List.copyOf(scenarios);
        scenarios.subList(0, scenarios.size() - 1).stream().filter(scenario -> !scenario.canBeUndone()).findFirst()
                .ifPresent(latching -> {
                    throw new IllegalArgumentException(latching.title()
                            + " must be the last: its failover latches, and the lab can't be brought back");
                });
    }

    /**
     * Reads names as they are typed.
     *
     * @param words one or more names each, separated by commas
     * @throws IllegalArgumentException for a name that is none, or an order that can't be
     */
    public static Programme of(List<String> words) {
        var named = new ArrayList<Scenario>();
        for (String word : words) {
            Arrays.stream(word.split(",", -1)).map(String::strip).map(Programme::scenario).forEach(named::add);
        }
        return new Programme(named);
    }

    private static Scenario scenario(String name) {
        return Scenario.named(name).orElseThrow(
                () -> new IllegalArgumentException("there is no scenario '" + name + "'; there are: " + all()));
    }

    private static String all() {
        return String.join(", ", Scenario.titles());
    }
}
