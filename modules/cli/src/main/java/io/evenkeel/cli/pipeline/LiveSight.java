package io.evenkeel.cli.pipeline;

import io.evenkeel.actions.LiveFacts;
import io.evenkeel.cli.config.EvenkeelConfig;
import io.evenkeel.core.action.Command.FailOver;
import io.evenkeel.core.action.Command.ReplaceInstance;
import io.evenkeel.core.facts.NodeSight;
import io.evenkeel.core.facts.StandbySight;
import io.evenkeel.events.Topics;
import io.evenkeel.events.kafka.KafkaSettings;
import io.evenkeel.events.kafka.TopicTable;
import io.evenkeel.events.serde.EventSerdes;
import io.evenkeel.probe.LiveClusters;
import java.time.Duration;

/** What handlers see of clusters, by the eyes of agents: siblings don't know each other (docs/decisions/0023). */
final class LiveSight implements LiveFacts, AutoCloseable {

    private final LiveClusters clusters;
    private final TopicTable<Object> targets;

    private LiveSight(LiveClusters clusters, TopicTable<Object> targets) {
        this.clusters = clusters;
        this.targets = targets;
    }

    /**
     * Begins to follow {@code targets}, which tells where nodes are.
     *
     * @param groups stays the caller's to close
     * @throws IllegalArgumentException when a CA file can't be used
     */
    static LiveSight start(EvenkeelConfig config, KafkaSettings kafka, Topics topics, EventSerdes serdes,
            Groups groups, String instance) {
        var clusters = new LiveClusters(AgentSetup.clusters(config), groups);
        var reading = TopicTable.Reading.told(topics.targets(), serdes.deserializer(), Object.class,
                clusters::targetChanged);
        return new LiveSight(clusters, TopicTable.start(kafka, "evenkeel-live-targets-" + instance, reading));
    }

    /** Whether all targets that stand there now are known within the time. */
    boolean awaitTargets(Duration within) throws InterruptedException {
        return targets.awaitCaughtUp(within);
    }

    @Override
    public NodeSight see(ReplaceInstance command, Duration within) throws InterruptedException {
        return clusters.node(command.node(), command.autoScalingGroup(), within);
    }

    @Override
    public StandbySight see(FailOver command, Duration within) throws InterruptedException {
        return clusters.standby(command.to(), within);
    }

    @Override
    public void close() {
        clusters.close();
        targets.close();
    }
}
