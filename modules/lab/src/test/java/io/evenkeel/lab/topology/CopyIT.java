package io.evenkeel.lab.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.decision.DecisionPolicy;
import io.evenkeel.core.health.ClusterState;
import io.evenkeel.core.health.ClusterTransition;
import io.evenkeel.core.health.HealthPolicy;
import io.evenkeel.core.health.Voters;
import io.evenkeel.core.policy.PolicySet;
import io.evenkeel.events.Topics;
import io.evenkeel.lab.RealParts;
import io.evenkeel.topology.copy.CopyTopology;
import io.evenkeel.topology.decision.DecisionTopology;
import io.evenkeel.topology.metrics.TopologyMeters;
import io.evenkeel.topology.policy.PolicySource;
import io.evenkeel.topology.run.StreamsRunner;
import io.evenkeel.topology.run.StreamsSettings;
import io.evenkeel.topology.run.StreamsSettings.Guarantee;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The copy into one order on a real broker: of what was committed, and once for who decides. */
final class CopyIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Topics TOPICS = new Topics();
    private static final int TRANSITIONS = 30;

    @TempDir
    Path folder;

    @Test
    void whatIsCopiedAgainIsPassedOnOnceAndWhatWasNeverCommittedNotAtAll() throws Exception {
        try (var parts = RealParts.start(folder.resolve("parts"))) {
            parts.createTopics(TOPICS.all());
            for (int version = 1; version <= TRANSITIONS; version++) {
                parts.send(TOPICS.clusterTransitions(), transition(version));
            }
            writeAndAbort(parts);
            try (var copy = copy(parts)) {
                copy.start();
                awaitCopies(parts, TRANSITIONS);
            }
            // As if the copier had been killed before it could say how far it had come.
            forgetHowFarItWas(parts);
            var meters = new SimpleMeterRegistry();
            try (var copy = copy(parts); var decision = decision(parts, new TopologyMeters(meters))) {
                copy.start();
                decision.start();
                await().atMost(LIMIT).untilAsserted(() -> assertThat(meters.find("evenkeel.topology.copies.passed.over")
                        .counters()).singleElement().satisfies(counter -> {
                            assertThat(counter.getId().getTag("reason")).isEqualTo("REPEATED");
                            assertThat(counter.count()).isEqualTo(TRANSITIONS);
                        }));
            }
            awaitCopies(parts, 2 * TRANSITIONS);
        }
    }

    private static void awaitCopies(RealParts parts, int copies) {
        await().atMost(LIMIT).untilAsserted(() -> assertThat(parts.read(TOPICS.decisionInputs())).hasSize(copies));
    }

    private StreamsRunner copy(RealParts parts) {
        return runner(parts, CopyTopology.NAME, Guarantee.AT_LEAST_ONCE, new CopyTopology(TOPICS).get());
    }

    private StreamsRunner decision(RealParts parts, TopologyMeters meters) {
        var policies = PolicySource.fixed(new PolicySet(HealthPolicy.defaults("r1"), new TreeMap<>(),
                DecisionPolicy.defaults("r1", List.of())));
        return runner(parts, DecisionTopology.NAME, Guarantee.EXACTLY_ONCE,
                new DecisionTopology(TOPICS, parts.serdes(), policies, meters).get());
    }

    private StreamsRunner runner(RealParts parts, String application, Guarantee guarantee, Topology topology) {
        var settings = new StreamsSettings(application, folder.resolve("state").toString(), 1,
                Map.of("bootstrap.servers", parts.broker().bootstrapServers()), guarantee);
        return new StreamsRunner(topology, settings, InstantSource.system(), error -> {
            throw new AssertionError(error);
        });
    }

    private static ClusterTransition transition(int version) {
        var now = Instant.now();
        return new ClusterTransition(new ClusterId("shop"),
                version % 2 == 0 ? ClusterState.HEALTHY : ClusterState.DEGRADED,
                version % 2 == 0 ? ClusterState.DEGRADED : ClusterState.HEALTHY, now, version, version - 1, now, "",
                Voters.of(3, 3), List.of(), List.of(), "r1");
    }

    private static void writeAndAbort(RealParts parts) {
        var settings = parts.kafka().producer("never-committed");
        settings.put("transactional.id", "never-committed");
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            var _ = producer.send(new ProducerRecord<>(TOPICS.orders().name(), 0, new byte[0], new byte[]{1}));
            producer.flush();
            producer.abortTransaction();
        }
    }

    private static void forgetHowFarItWas(RealParts parts) throws Exception {
        try (var admin = Admin.create(parts.kafka().admin("test"))) {
            var begin = admin.listConsumerGroupOffsets(CopyTopology.NAME).partitionsToOffsetAndMetadata().get()
                    .keySet().stream().collect(Collectors.toMap(partition -> partition,
                            _ -> new OffsetAndMetadata(0)));
            assertThat(begin).isNotEmpty();
            admin.alterConsumerGroupOffsets(CopyTopology.NAME, begin).all().get();
        }
    }
}
