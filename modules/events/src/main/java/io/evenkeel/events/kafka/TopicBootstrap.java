package io.evenkeel.events.kafka;

import io.evenkeel.events.TopicSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * Topics at start: makes what is missing, refuses what can't work, and waits until every partition answers. Without that
 * wait an idempotent producer can lose its first records on a topic just made (KAFKA-14359, measured on 4.3.1 in one of six
 * fresh topics).
 */
public final class TopicBootstrap {

    private static final String TIMESTAMP_TYPE = "message.timestamp.type";
    private static final Duration PAUSE = Duration.ofMillis(250);

    private TopicBootstrap() {}

    /** As below, within two minutes and without telling anybody. */
    public static void ensure(Admin admin, Collection<TopicSpec> topics, short replicationFactor)
            throws InterruptedException {
        ensure(admin, topics, replicationFactor, Duration.ofMinutes(2), _ -> {
        });
    }

    /**
     * Returns when every partition of every topic can be written to.
     *
     * @param replicationFactor of topics made here; from 3 on two replicas must be in sync
     * @param deadline how long to wait for brokers, from now
     * @param progress told one line for people each time something has to be waited for
     * @throws TopicMismatchException when a topic has another number of partitions or another timestamp type
     * @throws TimeoutException when the deadline passed, with what was waited for last
     * @throws KafkaException for what waiting does not mend, such as missing rights
     */
    public static void ensure(Admin admin, Collection<TopicSpec> topics, short replicationFactor, Duration deadline,
            Consumer<String> progress) throws InterruptedException {
        long end = System.nanoTime() + deadline.toNanos();
        String told = "";
        while (true) {
            try {
                create(admin, missing(admin, topics), replicationFactor);
                check(admin, topics);
                awaitLeaders(admin, topics);
                return;
            } catch (RetriableException | InvalidReplicationFactorException e) {
                String waiting = "waiting for Kafka: " + e.getMessage();
                if (System.nanoTime() - end > 0) {
                    throw new TimeoutException(waiting + " (gave up after " + deadline.toSeconds() + " s)", e);
                }
                if (!waiting.equals(told)) {
                    progress.accept(waiting);
                    told = waiting;
                }
                Thread.sleep(PAUSE);
            }
        }
    }

    private static List<TopicSpec> missing(Admin admin, Collection<TopicSpec> topics) throws InterruptedException {
        var described = describe(admin, topics);
        return topics.stream().filter(topic -> !described.containsKey(topic.name())).toList();
    }

    private static Map<String, TopicDescription> describe(Admin admin, Collection<TopicSpec> topics)
            throws InterruptedException {
        var found = new HashMap<String, TopicDescription>();
        var futures = admin.describeTopics(topics.stream().map(TopicSpec::name).toList()).topicNameValues();
        for (var entry : futures.entrySet()) {
            try {
                found.put(entry.getKey(), await(entry.getValue()));
            } catch (UnknownTopicOrPartitionException _) {
                // Not there: left out of the answer.
            }
        }
        return found;
    }

    private static void create(Admin admin, List<TopicSpec> missing, short replicationFactor)
            throws InterruptedException {
        if (missing.isEmpty()) {
            return;
        }
        var made = missing.stream().map(topic -> newTopic(topic, replicationFactor)).toList();
        for (var future : admin.createTopics(made).values().values()) {
            try {
                await(future);
            } catch (TopicExistsException _) {
                // Another process of ours was quicker: what it made is checked next.
            }
        }
    }

    private static NewTopic newTopic(TopicSpec topic, short replicationFactor) {
        var configs = new LinkedHashMap<>(topic.configs());
        if (replicationFactor >= 3) {
            configs.putIfAbsent("min.insync.replicas", "2");
        }
        return new NewTopic(topic.name(), topic.partitions(), replicationFactor).configs(configs);
    }

    private static void check(Admin admin, Collection<TopicSpec> topics) throws InterruptedException {
        var described = describe(admin, topics);
        var timestampTypes = timestampTypes(admin, topics);
        for (var topic : topics) {
            var description = described.get(topic.name());
            if (description == null) {
                throw new UnknownTopicOrPartitionException("topic " + topic + " is not there yet");
            }
            int partitions = description.partitions().size();
            if (partitions != topic.partitions()) {
                throw new TopicMismatchException("topic " + topic + " has " + partitions + " partitions and must have "
                        + topic.partitions() + ", since records are found by partition: delete it, or choose another"
                        + " topic prefix");
            }
            String wanted = topic.configs().get(TIMESTAMP_TYPE);
            String actual = timestampTypes.get(topic.name());
            if (wanted != null && !wanted.equals(actual)) {
                throw new TopicMismatchException("topic " + topic + " has " + TIMESTAMP_TYPE + "=" + actual
                        + " and must have " + wanted + ", since rules go by the broker's clock: set it with"
                        + " kafka-configs --alter --topic " + topic + " --add-config " + TIMESTAMP_TYPE + "=" + wanted);
            }
        }
    }

    private static Map<String, @Nullable String> timestampTypes(Admin admin, Collection<TopicSpec> topics)
            throws InterruptedException {
        var resources = topics.stream().map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic.name()))
                .toList();
        var types = new HashMap<String, @Nullable String>();
        for (var entry : await(admin.describeConfigs(resources).all()).entrySet()) {
            var type = entry.getValue().get(TIMESTAMP_TYPE);
            types.put(entry.getKey().name(), type == null ? null : type.value());
        }
        return types;
    }

    private static void awaitLeaders(Admin admin, Collection<TopicSpec> topics) throws InterruptedException {
        var partitions = new ArrayList<TopicPartition>();
        for (var topic : topics) {
            for (int partition = 0; partition < topic.partitions(); partition++) {
                partitions.add(new TopicPartition(topic.name(), partition));
            }
        }
        await(admin.listOffsets(
                partitions.stream().collect(Collectors.toMap(partition -> partition, _ -> OffsetSpec.latest())))
                .all());
    }

    private static <T> T await(KafkaFuture<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException failure ? failure : new KafkaException(e.getCause());
        }
    }
}
