package io.evenkeel.lab;

import io.evenkeel.events.TopicSpec;
import io.evenkeel.events.kafka.EventPublisher;
import io.evenkeel.events.kafka.KafkaSettings;
import io.evenkeel.events.kafka.TopicBootstrap;
import io.evenkeel.events.serde.EventSerdes;
import io.evenkeel.lab.kafka.KafkaBroker;
import io.evenkeel.lab.process.LabProcesses;
import io.evenkeel.lab.registry.SchemaRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A broker and a registry that run, and clients for them: what a test of the parts around Kafka needs. */
public final class RealParts implements AutoCloseable {

    private final LabProcesses processes;
    private final KafkaBroker broker;
    private final SchemaRegistry registry;
    private final KafkaSettings kafka;
    private final EventSerdes serdes;
    private final EventPublisher publisher;

    private RealParts(Path folder) {
        processes = LabProcesses.over(folder);
        broker = new KafkaBroker(processes);
        broker.start();
        registry = new SchemaRegistry(folder.resolve("registry.json"));
        registry.start();
        kafka = new KafkaSettings(Map.of("bootstrap.servers", broker.bootstrapServers()));
        serdes = new EventSerdes(
                Map.of("schema.registry.url", registry.url().toString(), "auto.register.schemas", "true"));
        publisher = new EventPublisher(kafka, "test", serdes.serializer());
    }

    /** Starts both; about 4 s. The folder is gone afterwards. */
    public static RealParts start(Path folder) {
        return new RealParts(folder);
    }

    public KafkaBroker broker() {
        return broker;
    }

    public KafkaSettings kafka() {
        return kafka;
    }

    public EventSerdes serdes() {
        return serdes;
    }

    public EventPublisher publisher() {
        return publisher;
    }

    public void createTopics(Collection<TopicSpec> topics) throws InterruptedException {
        try (var admin = Admin.create(kafka.admin("test"))) {
            TopicBootstrap.ensure(admin, topics, (short) 1);
        }
    }

    /** Owns what a test starts besides. */
    public LabProcesses processes() {
        return processes;
    }

    public SchemaRegistry registry() {
        return registry;
    }

    /** Returns when the broker has it. */
    public void send(TopicSpec topic, Object event) throws Exception {
        publisher.send(topic, event).toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    /** All that is committed at this moment, partition by partition. */
    public List<ConsumerRecord<byte[], byte[]>> read(TopicSpec topic) {
        var found = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        try (var reader = new KafkaConsumer<>(kafka.reader("reader"), new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            var partitions = reader.partitionsFor(topic.name()).stream()
                    .map(info -> new TopicPartition(topic.name(), info.partition())).toList();
            reader.assign(partitions);
            reader.seekToBeginning(partitions);
            var ends = reader.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> reader.position(end.getKey()) < end.getValue())) {
                reader.poll(Duration.ofMillis(100)).forEach(found::add);
            }
        }
        return found;
    }

    @Override
    public void close() {
        publisher.close();
        serdes.close();
        registry.close();
        processes.close();
    }
}
