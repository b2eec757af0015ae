package io.evenkeel.cli.lab;

import io.evenkeel.lab.scenario.Scenario;
import java.util.Iterator;

/** Names for help and completion. */
final class ScenarioNames implements Iterable<String> {

    @Override
    public Iterator<String> iterator() {
        return Scenario.titles().iterator();
    }
}
