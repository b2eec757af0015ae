package io.evenkeel.lab.scenario;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The scenarios by name. */
public enum Scenario {
    KILL_DATA_NODE("kill-data-node", "kill -9 a data node: detected, replaced, green again"), KILL_PRIMARY(
            "kill-primary", "kill -9 every primary node: traffic moves to the standby"), KILL_MASTER("kill-master",
                    "kill -9 one of three masters: an alert, no action"), KILL_QUORUM("kill-quorum",
                            "kill -9 two of three masters: a page with the arithmetic, DNS unchanged"), RED_INDEX(
                                    "red-index", "an unassignable primary shard: DEGRADED, no failover"), HOLD("hold",
                                            "a held cluster loses a node: nothing is done until it is released"), TWO_NODES_AT_ONCE(
                                                    "two-nodes-at-once",
                                                    "kill -9 two data nodes: a page; replaced one after the other once a person has acknowledged"), ZONE_OUT(
                                                            "zone-out",
                                                            "kill -9 every node of a zone: one decision for the zone, no replacements, no failover"), STANDBY_DEAD(
                                                                    "standby-dead",
                                                                    "kill -9 the standby, then the primary: a page, no failover"), AGENT_DEAD(
                                                                            "agent-dead",
                                                                            "kill -9 an agent: told; then a data node: replaced all the same"), PIPELINE_KILLED(
                                                                                    "pipeline-killed",
                                                                                    "kill -9 run in the middle of a failover: another one ends it, exactly once");

    private final String title;
    private final String summary;

    Scenario(String title, String summary) {
        this.title = title;
        this.summary = summary;
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

    /** Whether a lab can be brought back after it. A failover latches: it can't. */
    public boolean canBeUndone() {
        return switch (this) {
            case KILL_PRIMARY, PIPELINE_KILLED -> false;
            case KILL_DATA_NODE, KILL_MASTER, KILL_QUORUM, RED_INDEX, HOLD, TWO_NODES_AT_ONCE, ZONE_OUT, STANDBY_DEAD,
                    AGENT_DEAD ->
                true;
        };
    }

    /**
     * Plays it on a healthy lab.
     *
     * @throws ScenarioFailure when a stage did not come, or something happened that must not
     */
    public void play(Stage stage) throws InterruptedException {
        switch (this) {
            case KILL_DATA_NODE -> NodeScenarios.killDataNode(stage);
            case KILL_PRIMARY -> ClusterScenarios.killPrimary(stage);
            case KILL_MASTER -> NodeScenarios.killMaster(stage);
            case KILL_QUORUM -> ClusterScenarios.killQuorum(stage);
            case RED_INDEX -> ClusterScenarios.redIndex(stage);
            case HOLD -> NodeScenarios.hold(stage);
            case TWO_NODES_AT_ONCE -> StormScenarios.twoNodesAtOnce(stage);
            case ZONE_OUT -> StormScenarios.zoneOut(stage);
            case STANDBY_DEAD -> ClusterScenarios.standbyDead(stage);
            case AGENT_DEAD -> NodeScenarios.agentDead(stage);
            case PIPELINE_KILLED -> ClusterScenarios.pipelineKilled(stage);
        }
    }
}
