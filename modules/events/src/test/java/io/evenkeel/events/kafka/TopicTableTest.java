package io.evenkeel.events.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.events.TopicSpec;
import io.evenkeel.events.UndecodableEventException;
import io.evenkeel.events.UndecodableEventException.Reason;
import io.evenkeel.events.registry.RegistryUnavailableException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TopicTableTest {

    private static final TopicPartition PARTITION = new TopicPartition("t", 0);
    private static final Duration SOON = Duration.ofSeconds(5);

    private final AtomicInteger outages = new AtomicInteger();
    private final List<String> changes = new CopyOnWriteArrayList<>();
    private final MockConsumer<byte[], byte[]> kafka = new MockConsumer<>("earliest");
    private TopicTable<String> table;

    @BeforeEach
    void start() {
        kafka.updateBeginningOffsets(Map.of(PARTITION, 0L));
        kafka.updateEndOffsets(Map.of(PARTITION, 0L));
        Deserializer<Object> values = (_, data) -> data == null ? null : decoded(new String(data, UTF_8));
        table = TopicTable.start(kafka, new TopicTable.Reading<>(new TopicSpec("t", 1, Map.of()), values, String.class,
                value -> !value.equals("over"),
                (key, now, at) -> changes.add(key + ":" + now + "@" + at.toEpochMilli())));
        await().until(() -> !kafka.assignment().isEmpty());
    }

    @AfterEach
    void stop() {
        table.close();
        assertThat(kafka.closed()).isTrue();
    }

    @Test
    void newestValueOfEachKeyIsThereOnceCaughtUp() throws InterruptedException {
        append(0, "a", "1");
        append(1, "b", "2");
        append(2, "a", "3");
        append(3, "b", null);
        assertThat(table.awaitCaughtUp(SOON)).isTrue();
        assertThat(table.snapshot()).isEqualTo(Map.of("a", "3"));
        assertThat(table.get("b")).isEmpty();
        assertThat(changes).containsExactly("a:1@1000", "b:2@1001", "a:3@1002", "b:null@1003");
    }

    @Test
    void whatIsNotKeptTakesItsRowAway() throws InterruptedException {
        append(0, "a", "1");
        append(1, "b", "over");
        append(2, "a", "over");
        append(3, "c", "2");
        assertThat(table.awaitCaughtUp(SOON)).isTrue();
        assertThat(table.snapshot()).isEqualTo(Map.of("c", "2"));
        assertThat(changes).contains("a:over@1002");
        table.forget("2"::equals);
        assertThat(table.snapshot()).isEmpty();
    }

    @Test
    void severalWhoWaitAreToldAtOnce() throws InterruptedException {
        append(0, "a", "1");
        Callable<Boolean> waits = () -> table.awaitCaughtUp(SOON);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = threads.invokeAll(Collections.nCopies(20, waits));
            assertThat(answers).allSatisfy(answer -> assertThat(answer.get()).isTrue());
        }
    }

    @Test
    void tableFollowsTheTopic() throws InterruptedException {
        append(0, "a", "1");
        assertThat(table.awaitCaughtUp(SOON)).isTrue();
        append(1, "a", "2");
        assertThat(table.awaitCaughtUp(SOON)).isTrue();
        assertThat(table.get("a")).contains("2");
    }

    @Test
    void notCaughtUpIsTold() throws InterruptedException {
        kafka.updateEndOffsets(Map.of(PARTITION, 5L));
        assertThat(table.awaitCaughtUp(Duration.ofMillis(300))).isFalse();
    }

    @Test
    void poisonIsCountedAndSkipped() throws InterruptedException {
        append(0, "a", "poison");
        append(1, "a", "number");
        kafka.addRecord(new ConsumerRecord<>("t", 0, 2, null, "no key".getBytes(UTF_8)));
        append(3, "a", "1");
        assertThat(table.awaitCaughtUp(SOON)).isTrue();
        assertThat(table.poisoned()).isEqualTo(3);
        assertThat(table.get("a")).contains("1");
    }

    @Test
    void outageOfTheRegistryIsWaitedOut() throws InterruptedException {
        outages.set(2);
        append(0, "a", "1");
        assertThat(table.awaitCaughtUp(SOON)).isTrue();
        assertThat(table.get("a")).contains("1");
        assertThat(table.poisoned()).isZero();
    }

    @Test
    void failureOfKafkaIsWaitedOut() throws InterruptedException {
        kafka.setPollException(new KafkaException("broker is gone"));
        append(0, "a", "1");
        assertThat(table.awaitCaughtUp(SOON)).isTrue();
        assertThat(table.get("a")).contains("1");
    }

    private Object decoded(String text) {
        if (outages.getAndDecrement() > 0) {
            throw new RegistryUnavailableException("down");
        }
        if (text.equals("poison")) {
            throw new UndecodableEventException(Reason.BAD_BODY, "poison");
        }
        return text.equals("number") ? Integer.valueOf(7) : text;
    }

    private void append(long offset, String key, @Nullable String value) {
        kafka.updateEndOffsets(Map.of(PARTITION, offset + 1));
        kafka.addRecord(new ConsumerRecord<>("t", 0, offset, 1_000 + offset,
                org.apache.kafka.common.record.TimestampType.LOG_APPEND_TIME, 0, 0, key.getBytes(UTF_8),
                value == null ? null : value.getBytes(UTF_8),
                new org.apache.kafka.common.header.internals.RecordHeaders(),
                java.util.Optional.empty()));
    }
}
