package io.evenkeel.lab.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.core.action.ActionRequest;
import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.cluster.NodeTarget;
import io.evenkeel.core.cluster.Vantage;
import io.evenkeel.core.decision.Decision;
import io.evenkeel.core.decision.DecisionPolicy;
import io.evenkeel.core.health.Cause;
import io.evenkeel.core.health.ClusterState;
import io.evenkeel.core.health.ClusterTransition;
import io.evenkeel.core.health.Consequence;
import io.evenkeel.core.health.FailureReason;
import io.evenkeel.core.health.HealthPolicy;
import io.evenkeel.core.health.HealthProgress;
import io.evenkeel.core.health.NodeState;
import io.evenkeel.core.health.NodeTransition;
import io.evenkeel.core.health.Vote;
import io.evenkeel.core.health.Voters;
import io.evenkeel.core.policy.PolicySet;
import io.evenkeel.events.Tick;
import io.evenkeel.events.TopicSpec;
import io.evenkeel.events.Topics;
import io.evenkeel.lab.RealParts;
import io.evenkeel.topology.copy.CopyTopology;
import io.evenkeel.topology.decision.DecisionTopology;
import io.evenkeel.topology.policy.PolicySource;
import io.evenkeel.topology.run.StreamsRunner;
import io.evenkeel.topology.run.StreamsSettings;
import io.evenkeel.topology.run.StreamsSettings.Guarantee;
import io.evenkeel.topology.run.TickWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DECISION on a real broker, with ticks of its own; the test is HEALTH, and stands still. */
final class ProgressIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration ACT_AFTER = Duration.ofSeconds(8);
    private static final Topics TOPICS = new Topics();
    private static final ClusterId CLUSTER = new ClusterId("shop");

    @TempDir
    Path folder;

    @Test
    void decisionWaitsForAHealthThatStandsStillAndGoesOnWithIt() throws Exception {
        try (var parts = RealParts.start(folder.resolve("parts"))) {
            parts.createTopics(TOPICS.all());
            var stops = new AtomicBoolean();
            try (var copy = new StreamsRunner(new CopyTopology(TOPICS).get(),
                    settings(parts, "copy", Guarantee.AT_LEAST_ONCE), InstantSource.system(), _ -> stops.set(true));
                    var decision = new StreamsRunner(new DecisionTopology(TOPICS, parts.serdes(), policies()).get(),
                            settings(parts, "decision", Guarantee.EXACTLY_ONCE), InstantSource.system(),
                            _ -> stops.set(true));
                    var ticks = new TickWriter(parts.publisher(), List.of(TOPICS.decisionInputs()), "run-test",
                            () -> Tick.PolicyPointer.NONE)) {
                copy.start();
                decision.start();
                ticks.start();
                oneOfTwoNodesIsDown(parts);
                await().atMost(LIMIT).untilAsserted(() -> assertThat(read(parts, TOPICS.decisions(), Decision.class))
                        .last().satisfies(decided -> {
                            assertThat(decided.decidedBy()).isEqualTo("input-lag");
                            assertThat(decided.reason()).contains("health of shop is judged up to");
                        }));
                await().during(ACT_AFTER).atMost(LIMIT).untilAsserted(
                        () -> assertThat(read(parts, TOPICS.actionRequests(), ActionRequest.class)).isEmpty());
                goesOn(parts);
            }
            assertThat(stops).isFalse();
        }
    }

    private StreamsSettings settings(RealParts parts, String application, Guarantee guarantee) {
        return new StreamsSettings(application, folder.resolve("state").toString(), 1,
                Map.of("bootstrap.servers", parts.broker().bootstrapServers()), guarantee);
    }

    private static void goesOn(RealParts parts) {
        try (var health = Executors.newSingleThreadScheduledExecutor()) {
            var progress = health.scheduleAtFixedRate(() -> {
                for (int partition = 0; partition < Topics.SPREAD; partition++) {
                    parts.publisher().send(TOPICS.healthProgress(), new HealthProgress(partition, Instant.now()));
                }
            }, 0, 1, TimeUnit.SECONDS);
            await().atMost(LIMIT).untilAsserted(
                    () -> assertThat(read(parts, TOPICS.actionRequests(), ActionRequest.class)).hasSize(1));
            progress.cancel(false);
        }
    }

    private static PolicySource policies() {
        var decision = new DecisionPolicy("r1", true, ACT_AFTER, ACT_AFTER, Duration.ofMinutes(30),
                Duration.ofMinutes(5), Duration.ofMinutes(15), Duration.ofSeconds(30), 3, false, List.of());
        return PolicySource.fixed(new PolicySet(HealthPolicy.defaults("r1"), new TreeMap<>(), decision));
    }

    private static void oneOfTwoNodesIsDown(RealParts parts) throws Exception {
        var now = Instant.now();
        parts.send(TOPICS.clusterTransitions(), new ClusterTransition(CLUSTER, ClusterState.UNKNOWN,
                ClusterState.HEALTHY, now, 1, 0, now, "", Voters.of(3, 3), List.of(), List.of(), "r1"));
        parts.send(TOPICS.nodeTransitions(), moved("data-1", NodeState.JOINING, NodeState.UP, 1));
        parts.send(TOPICS.nodeTransitions(), moved("data-2", NodeState.JOINING, NodeState.UP, 1));
        parts.send(TOPICS.nodeTransitions(), moved("data-1", NodeState.UP, NodeState.DOWN, 2));
    }

    private static NodeTransition moved(String name, NodeState from, NodeState to, long version) {
        var now = Instant.now();
        var target = new NodeTarget(new NodeId(CLUSTER, name), "i-" + name, "http://127.0.0.1:9200", "z1",
                List.of("data"), "group", List.of(new Vantage("va", "z1")), NodeTarget.Phase.EXPECTED);
        return new NodeTransition(target, from, to, now, version, version - 1, now,
                new Cause(List.of(FailureReason.CONNECT_REFUSED), true, Consequence.REPLACE), "",
                List.of(new Vote("va", "z1", Vote.Stand.CONFIRMED_DOWN, 3)), List.of(), "r1");
    }

    private static <T> List<T> read(RealParts parts, TopicSpec topic, Class<T> type) {
        var events = parts.serdes().deserializer();
        return parts.read(topic).stream().map(message -> events.deserialize(topic.name(), message.value()))
                .map(type::cast).toList();
    }
}
