package io.evenkeel.lab.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.evenkeel.events.TopicSpec;
import io.evenkeel.events.Topics;
import io.evenkeel.events.kafka.KafkaSettings;
import io.evenkeel.events.kafka.TopicBootstrap;
import io.evenkeel.events.kafka.TopicMismatchException;
import io.evenkeel.lab.kafka.KafkaBroker;
import io.evenkeel.lab.process.LabProcesses;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Topics at start, on a real broker. */
final class TopicBootstrapIT {

    @TempDir
    static Path folder;

    private static LabProcesses processes;
    private static KafkaBroker broker;
    private static KafkaSettings kafka;

    @BeforeAll
    static void startBroker() {
        processes = LabProcesses.over(folder.resolve("kept"));
        broker = new KafkaBroker(processes);
        broker.start();
        kafka = new KafkaSettings(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    @AfterAll
    static void stopBroker() {
        processes.close();
    }

    @Test
    void everyTopicIsMadeAsItMustBeAndASecondStartChangesNothing() throws Exception {
        var topics = new Topics("made.").all();
        try (var admin = Admin.create(kafka.admin("test"))) {
            TopicBootstrap.ensure(admin, topics, (short) 1);
            TopicBootstrap.ensure(admin, topics, (short) 1);
            for (var topic : topics) {
                assertThat(admin.describeTopics(List.of(topic.name())).allTopicNames().get().values())
                        .singleElement().satisfies(made -> assertThat(made.partitions()).hasSize(topic.partitions()));
                var config = config(admin, topic);
                topic.configs().forEach(
                        (key, value) -> assertThat(config.get(key).value()).as(topic + " " + key).isEqualTo(value));
            }
        }
    }

    @Test
    void anotherNumberOfPartitionsIsRefusedWithWhatToDo() throws Exception {
        var topic = new Topics("partitions.").probeResults();
        try (var admin = Admin.create(kafka.admin("test"))) {
            admin.createTopics(List.of(new NewTopic(topic.name(), 3, (short) 1).configs(topic.configs()))).all().get();
            assertThatThrownBy(() -> TopicBootstrap.ensure(admin, new Topics("partitions.").all(), (short) 1))
                    .isInstanceOf(TopicMismatchException.class)
                    .hasMessageContaining("partitions.probe-results.v1 has 3 partitions and must have 12")
                    .hasMessageContaining("delete it, or choose another topic prefix");
        }
    }

    @Test
    void timeStampsOfTheSendersClockAreRefusedWithWhatToDo() throws Exception {
        var topic = new Topics("stamps.").targets();
        try (var admin = Admin.create(kafka.admin("test"))) {
            admin.createTopics(List.of(new NewTopic(topic.name(), topic.partitions(), (short) 1)
                    .configs(Map.of("message.timestamp.type", "CreateTime")))).all().get();
            assertThatThrownBy(() -> TopicBootstrap.ensure(admin, new Topics("stamps.").all(), (short) 1))
                    .isInstanceOf(TopicMismatchException.class)
                    .hasMessageContaining("stamps.targets.v1 has message.timestamp.type=CreateTime")
                    .hasMessageContaining("kafka-configs --alter --topic stamps.targets.v1"
                            + " --add-config message.timestamp.type=LogAppendTime");
        }
    }

    /** Without the barrier one of six fresh topics loses its first records (KAFKA-14359). */
    @Test
    void theFirstRecordsOfFreshTopicsAllArrive() throws Exception {
        try (var admin = Admin.create(kafka.admin("test"))) {
            for (int round = 0; round < 5; round++) {
                var topics = new Topics("fresh" + round + ".").all();
                TopicBootstrap.ensure(admin, topics, (short) 1);
                // A new producer: it knows no leader yet, as at the start of a process.
                try (var producer = new KafkaProducer<>(kafka.producer("first"), new StringSerializer(),
                        new StringSerializer())) {
                    for (var sent : sendToAll(producer, topics)) {
                        assertThat(sent.get(10, TimeUnit.SECONDS).hasOffset()).isTrue();
                    }
                }
            }
        }
    }

    @Test
    void aBrokerThatComesLateIsWaitedFor() throws Exception {
        try (var late = LabProcesses.over(folder.resolve("late"))) {
            var lateBroker = new KafkaBroker(late);
            var settings = new KafkaSettings(Map.of("bootstrap.servers", lateBroker.bootstrapServers()));
            var told = new CopyOnWriteArrayList<String>();
            var ready = CompletableFuture.runAsync(() -> ensure(settings, Duration.ofMinutes(1), told));
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(told).isNotEmpty());
            assertThat(ready).isNotDone();
            lateBroker.start();
            assertThat(ready).succeedsWithin(Duration.ofSeconds(20));
            assertThat(told.getFirst()).startsWith("waiting for Kafka: ");
        }
    }

    @Test
    void noBrokerByTheDeadlineIsSaidInOneLine() {
        var nobody = new KafkaSettings(Map.of("bootstrap.servers", "127.0.0.1:1", "admin.request.timeout.ms", "500",
                "admin.default.api.timeout.ms", "1000"));
        assertThatThrownBy(() -> ensure(nobody, Duration.ofSeconds(2), new ArrayList<>()))
                .isInstanceOf(TimeoutException.class).hasMessageStartingWith("waiting for Kafka: ")
                .hasMessageEndingWith("(gave up after 2 s)");
    }

    private static void ensure(KafkaSettings settings, Duration deadline, List<String> told) {
        try (var admin = Admin.create(settings.admin("test"))) {
            TopicBootstrap.ensure(admin, new Topics().all(), (short) 1, deadline, told::add);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<Future<RecordMetadata>> sendToAll(KafkaProducer<String, String> producer,
            List<TopicSpec> topics) {
        var sent = new ArrayList<Future<RecordMetadata>>();
        for (int i = 0; i < 3; i++) {
            for (var topic : topics) {
                for (int partition = 0; partition < topic.partitions(); partition++) {
                    sent.add(producer.send(new ProducerRecord<>(topic.name(), partition, "key", "value " + i)));
                }
            }
        }
        return sent;
    }

    private static Config config(Admin admin, TopicSpec topic) throws Exception {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
        return admin.describeConfigs(List.of(resource)).all().get().values().iterator().next();
    }
}
