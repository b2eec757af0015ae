package io.evenkeel.lab.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.evenkeel.lab.process.LabProcesses;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

final class KafkaBrokerIT {

    private static final TopicPartition PARTITION = new TopicPartition("numbers", 0);

    @Test
    void recordsAndClusterIdOutliveKill9() throws Exception {
        try (var processes = LabProcesses.over(Files.createTempDirectory("evenkeel-broker-it"))) {
            var broker = new KafkaBroker(processes);
            broker.start();
            var clusterId = createTopic(broker);
            produce(broker, "one");
            var before = broker.pid().orElseThrow();

            broker.kill9();
            assertThat(broker.isAlive()).isFalse();
            broker.start();

            assertThat(broker.pid().orElseThrow()).isNotEqualTo(before);
            produce(broker, "two");
            assertThat(consume(broker, 2)).containsExactly("one", "two");
            try (var admin = admin(broker)) {
                assertThat(admin.describeCluster().clusterId().get()).isEqualTo(clusterId);
            }
            broker.stop();
            assertThat(broker.pid()).isEmpty();
        }
    }

    private static Admin admin(KafkaBroker broker) {
        return Admin.create(Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()));
    }

    private static String createTopic(KafkaBroker broker) throws Exception {
        try (var admin = admin(broker)) {
            assertThatThrownBy(() -> admin.describeTopics(List.of("numbers")).allTopicNames().get())
                    .isInstanceOf(ExecutionException.class).hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
            admin.createTopics(List.of(new NewTopic("numbers", 1, (short) 1))).all().get();
            // An idempotent producer may lose its first records on a topic whose partitions have no leader yet.
            await().ignoreExceptions().untilAsserted(() -> assertThat(
                    admin.listOffsets(Map.of(PARTITION, OffsetSpec.latest())).all().get(5, TimeUnit.SECONDS))
                    .hasSize(1));
            return admin.describeCluster().clusterId().get();
        }
    }

    private static void produce(KafkaBroker broker, String value) throws Exception {
        try (var producer = new KafkaProducer<>(Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()),
                new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>("numbers", value)).get(20, TimeUnit.SECONDS);
        }
    }

    private static List<String> consume(KafkaBroker broker, int count) {
        var values = new ArrayList<String>();
        try (var consumer = new KafkaConsumer<>(Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()),
                new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(PARTITION));
            consumer.seekToBeginning(List.of(PARTITION));
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(received -> values.add(received.value()));
                return values.size() >= count;
            });
        }
        return values;
    }
}
