package io.evenkeel.lab.scenario;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The scenarios by name. */
public enum Scenario {
    KILL_DATA_NODE("kill-data-node", "kill -9 a data node: detected, replaced, green again", NodeScenarios::killDataNode),
    KILL_PRIMARY("kill-primary", "kill -9 every primary node: traffic moves to the standby",
            ClusterScenarios::killPrimary),
    KILL_MASTER("kill-master", "kill -9 one of three masters: an alert, no action", NodeScenarios::killMaster),
    KILL_QUORUM("kill-quorum", "kill -9 two of three masters: a page with the arithmetic, DNS unchanged",
            ClusterScenarios::killQuorum),
    RED_INDEX("red-index", "an unassignable primary shard: DEGRADED, no failover", ClusterScenarios::redIndex),
    HOLD("hold", "a held cluster loses a node: nothing is done until it is released", NodeScenarios::hold);

    private final String title;
    private final String summary;
    private final Play play;

    /** What a scenario does. */
    interface Play {
        void run(Stage stage) throws InterruptedException;
    }

    Scenario(String title, String summary, Play play) {
        this.title = title;
        this.summary = summary;
        this.play = play;
    }

    public String title() {
        return title;
    }

    public String summary() {
        return summary;
    }

    public static List<String> titles() {
        return Arrays.stream(values()).map(Scenario::title).toList();
    }

    public static Optional<Scenario> named(String title) {
        return Arrays.stream(values()).filter(scenario -> scenario.title.equals(title)).findFirst();
    }

    /**
     * Plays it on a healthy lab.
     *
     * @throws ScenarioFailure when a stage did not come, or something happened that must not
     */
    public void play(Stage stage) throws InterruptedException {
        play.run(stage);
    }
}
