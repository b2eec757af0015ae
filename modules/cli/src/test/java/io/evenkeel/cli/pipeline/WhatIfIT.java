package io.evenkeel.cli.pipeline;

import static io.evenkeel.cli.pipeline.PipelineBench.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.cluster.NodeTarget;
import io.evenkeel.core.cluster.Vantage;
import io.evenkeel.core.health.ClusterState;
import io.evenkeel.core.health.ClusterTransition;
import io.evenkeel.core.health.ClusterView;
import io.evenkeel.core.health.HealthInput;
import io.evenkeel.core.health.NodeState;
import io.evenkeel.core.health.NodeTransition;
import io.evenkeel.core.health.ProbeResult;
import io.evenkeel.core.health.ProbeSource;
import io.evenkeel.events.TopicSpec;
import io.evenkeel.events.Topics;
import io.evenkeel.events.kafka.EventPublisher;
import io.evenkeel.lab.process.ChildProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code can-failover} and {@code what-if} on what a running pipeline knows of two clusters and a service. */
final class WhatIfIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Topics TOPICS = new Topics();
    private static final List<Vantage> VANTAGES = List.of(new Vantage("vantage-a", "zone-a"));
    private static final ProbeResult.Timing TIMING = new ProbeResult.Timing(Duration.ofMillis(3), Duration.ZERO,
            Duration.ofSeconds(2));

    @TempDir
    static Path folder;

    private static PipelineBench bench;
    private static EventPublisher publisher;
    private static TopicReader<Object> decisions;
    private static TopicReader<Object> requests;
    private static Path config;
    private static ChildProcess run;

    @BeforeAll
    static void twoClustersThatAreWell() throws Exception {
        bench = new PipelineBench(folder.resolve("bench"), List.of()).startBroker();
        run = bench.run("run", "{name: vantage-a, zone: zone-a}", cluster("shop") + cluster("spare"),
                """
                        services: [{name: search, primary: shop, standby: spare, dns: {strategy: health-check, healthCheckId: h}}]
                        decision: {armed: true, standbyProof: 0s}
                        """);
        config = folder.resolve("bench").resolve("run.yaml");
        await().atMost(LIMIT).untilAsserted(() -> assertThat(run.log()).content().contains("pipeline runs"));
        publisher = new EventPublisher(bench.kafka(), "test", bench.serdes().serializer());
        for (String cluster : List.of("shop", "spare")) {
            var id = new ClusterId(cluster);
            send(TOPICS.targets(), new HealthInput.ClusterExpected(id, VANTAGES));
            for (int node = 1; node <= 3; node++) {
                var name = new NodeId(id, "n" + node);
                send(TOPICS.targets(), new NodeTarget(name, "i-" + node, "http://127.0.0.1:1", "zone-" + node,
                        List.of("data"), "group", VANTAGES, NodeTarget.Phase.EXPECTED));
                send(TOPICS.probeResults(), new ProbeResult.NodeProbed(name, "i-" + node, source(node),
                        ProbeResult.Purpose.SCHEDULED, new ProbeResult.Outcome.Success(), TIMING));
            }
            send(TOPICS.probeResults(), new ProbeResult.ClusterProbed(id, source(9), new ClusterView(3, 3,
                    ClusterView.Canary.WORKS, ClusterView.Colour.GREEN, ClusterView.Master.SEEN, ""), TIMING));
        }
        awaitWell();
        decisions = new TopicReader<>(bench.kafka(), TOPICS.decisions(), bench.serdes().deserializer());
        requests = new TopicReader<>(bench.kafka(), TOPICS.actionRequests(), bench.serdes().deserializer());
        await().atMost(LIMIT).untilAsserted(() -> assertThat(json(0, "can-failover")).isNotNull());
    }

    private static void awaitWell() {
        try (var nodes = new TopicReader<>(bench.kafka(), TOPICS.nodeTransitions(), bench.serdes().deserializer());
                var clusters = new TopicReader<>(bench.kafka(), TOPICS.clusterTransitions(),
                        bench.serdes().deserializer())) {
            await().atMost(LIMIT).untilAsserted(() -> {
                assertThat(nodes.seen()).filteredOn(seen -> ((NodeTransition) seen.event()).to() == NodeState.UP)
                        .hasSize(6);
                assertThat(clusters.seen())
                        .filteredOn(seen -> ((ClusterTransition) seen.event()).to() == ClusterState.HEALTHY).hasSize(2);
            });
        }
    }

    private static String cluster(String id) {
        return """
                  - id: %s
                    seeds: ["http://127.0.0.1:1"]
                    probe: {interval: 2s, timeout: 1s}
                    health: {failureThreshold: 3, recoveryThreshold: 1, minimumHealthy: 0s, staleAfter: 30m}
                """.formatted(id).indent(2);
    }

    private static ProbeSource source(int target) {
        return new ProbeSource("vantage-a", "zone-a", "test", "boot-" + target, 1);
    }

    private static void send(TopicSpec topic, Object event) throws Exception {
        publisher.send(topic, event).toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @AfterAll
    static void stop() {
        decisions.close();
        requests.close();
        publisher.close();
        bench.close();
    }

    private static JsonNode json(int exit, String command, String... subject) throws Exception {
        var arguments = new ArrayList<>(List.of(command, "--output", "json", "--config", config.toString()));
        arguments.addAll(List.of(subject));
        String told = call(exit, arguments.toArray(String[]::new));
        return new ObjectMapper().readTree(told.substring(told.indexOf('{')));
    }

    @Test
    void aServiceWhoseStandbyIsWellCouldFailOver() throws Exception {
        assertThat(call(0, "can-failover", "search", "--config", config.toString())).containsSubsequence(
                "SERVICE  ACTIVE         STANDBY         FAILED NOW, IT  BECAUSE",
                "search   shop, HEALTHY  spare, HEALTHY  would act       all 13 gates said yes",
                "search, if shop were FAILED now:", "evidence",
                "assumed: FAILED, and all 1 vantages say so; it is HEALTHY now", "standby", "as of ", "; policy ");
        var service = json(0, "can-failover").at("/services/0");
        assertThat(service.at("/active/value").asText()).isEqualTo("shop");
        assertThat(service.at("/decision/verdict").asText()).isEqualTo("ACT");
        assertThat(service.at("/decision/gates/0/gate").asText()).isEqualTo("rule-error");
    }

    @Test
    void aHeldServiceCouldNotAndTheExitCodeSaysSo() throws Exception {
        call(0, "hold", "search", "--reason", "upgrade", "--config", config.toString());
        try {
            await().atMost(LIMIT).untilAsserted(
                    () -> assertThat(call(1, "can-failover", "--config", config.toString())).contains(
                            "would wait until", "hold: by ", "on search until", ": upgrade"));
        } finally {
            call(0, "release", "search", "--config", config.toString());
            await().atMost(LIMIT).untilAsserted(() -> json(0, "can-failover"));
        }
    }

    @Test
    void aServiceThatNobodyKnowsIsAWrongCall() throws Exception {
        assertThat(call(2, "can-failover", "find", "--config", config.toString()))
                .contains("there is no service 'find'", "there are: search");
        assertThat(call(2, "what-if", "shop/n9", "--config", config.toString())).contains("expected: n1, n2, n3");
        assertThat(call(2, "what-if", "shop", "--for", "3h", "--config", config.toString())).contains("1s to 2h");
    }

    @Test
    void oneNodeWouldBeReplacedAndNothingIsWritten() throws Exception {
        var lines = call(0, "what-if", "shop/n2", "--config", config.toString()).lines()
                .map(line -> line.replaceAll(" {2,}", " | ")).toList();
        assertThat(lines).contains("if shop/n2 were lost now: shop/n2", "AFTER | SUBJECT | WOULD | BECAUSE",
                "+1 s | shop/n2 | SUSPECT -> DOWN | 1 of 1 vantages DOWN: CONNECT_REFUSED: assumed",
                "+60 s | shop/n2 | replace ACT | all 31 gates said yes",
                "SUBJECT | WOULD | VERDICT | WHEN | STOPPED BY",
                "shop/n2 | replace | ACT | +60 s");
        assertThat(decisions.seen()).isEmpty();
        assertThat(requests.seen()).isEmpty();
    }

    @Test
    void aClusterWouldBeFailedOverOnceItsCanaryFailedThreeTimes() throws Exception {
        var report = json(0, "what-if", "shop");
        assertThat(report.at("/lost/nodes")).hasSize(3);
        assertThat(report.at("/outlook/0/subject").asText()).isEqualTo("search");
        assertThat(report.at("/outlook/0/would").asText()).isEqualTo("fail-over");
        assertThat(report.at("/outlook/0/after").asText()).isEqualTo("PT4S");
        assertThat(report.at("/events/0/after").asText()).isEqualTo("PT0S");
    }

    @Test
    void theZoneWithTheOnlyVantageLeavesNobodyWhoCouldSeeIt() throws Exception {
        var report = json(0, "what-if", "zone:zone-a", "--for", "2h");
        assertThat(report.at("/lost/nodes")).isEmpty();
        assertThat(report.at("/outlook")).anySatisfy(line -> {
            assertThat(line.at("/would").asText()).isEqualTo("be UNKNOWN");
            assertThat(line.at("/stoppedBy").asText()).isEqualTo("0 of 1 vantages report, 1 needed");
        });
    }

    @Test
    void whatIsOldIsSaidToBe() throws Exception {
        run.pause();
        try {
            await().atMost(LIMIT).untilAsserted(() -> assertThat(
                    call(0, "can-failover", "--config", config.toString())).contains("does the pipeline not run?"));
            assertThat(json(0, "can-failover").at("/old").asBoolean()).isTrue();
        } finally {
            run.resume();
            await().atMost(LIMIT).untilAsserted(
                    () -> assertThat(json(0, "can-failover").at("/old").asBoolean()).isFalse());
        }
    }
}
