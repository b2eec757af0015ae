package io.evenkeel.cli.pipeline;

import io.evenkeel.cli.config.ConfigException;
import io.evenkeel.cli.config.EvenkeelConfig;
import io.evenkeel.core.cluster.Vantage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a running agent can't change. Keys that only {@code run} reads are none of its business. */
final class NeedsRestart {

    private NeedsRestart() {}

    /** @throws ConfigException naming every such key that differs */
    static void check(Path file, Vantage own, EvenkeelConfig inForce, EvenkeelConfig next) {
        var keys = new ArrayList<String>();
        add(keys, "kafka.bootstrapServers", inForce.kafka().bootstrapServers(), next.kafka().bootstrapServers());
        add(keys, "kafka.topicPrefix", inForce.kafka().topicPrefix(), next.kafka().topicPrefix());
        add(keys, "kafka.properties", inForce.kafka().properties(), next.kafka().properties());
        add(keys, "schemaRegistry", inForce.registry(), next.registry());
        add(keys, "agent.health.host", inForce.agent().healthHost(), next.agent().healthHost());
        add(keys, "agent.health.port", inForce.agent().healthPort(), next.agent().healthPort());
        add(keys, "agent.health.localNode", inForce.agent().localNode(), next.agent().localNode());
        add(keys, "agent.references", inForce.agent().references(), next.agent().references());
        add(keys, "agent.metrics", inForce.agent().metrics(), next.agent().metrics());
        add(keys, "actions.callTimeout", inForce.actions().times().callTimeout(),
                next.actions().times().callTimeout());
        var complaints = new ArrayList<>(keys.stream()
                .map(key -> file + ": " + key + ": can't change while the agent runs; restart it").toList());
        if (!next.vantages().contains(own)) {
            complaints.add(file + ": vantages: must go on listing this agent's vantage " + own.name() + " in zone "
                    + own.zone() + "; restart it to change that");
        }
        if (!complaints.isEmpty()) {
            throw new ConfigException(complaints);
        }
    }

    private static void add(List<String> keys, String key, Object before, Object after) {
        if (!before.equals(after)) {
            keys.add(key);
        }
    }
}
