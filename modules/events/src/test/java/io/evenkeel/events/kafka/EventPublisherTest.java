package io.evenkeel.events.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.events.Partitioning;
import io.evenkeel.events.Samples;
import io.evenkeel.events.Tick;
import io.evenkeel.events.Topics;
import java.time.Duration;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class EventPublisherTest {

    private static final Serializer<Object> TEXT = (_, event) -> event == null
            ? null
            : event.toString().getBytes(
                    java.nio.charset.StandardCharsets.UTF_8);

    private final Topics topics = new Topics();

    @Test
    void eventGoesWithItsKeyToItsPartition() {
        var kafka = kafka(true, TEXT);
        try (var publisher = new EventPublisher(kafka)) {
            assertThat(publisher.send(topics.targets(), Samples.target()).toCompletableFuture()).isCompleted();
            assertThat(publisher.send(topics.probeResults(), "w", 7, new Tick("w", 1)).toCompletableFuture())
                    .isCompleted();
            assertThat(publisher.sendTombstone(topics.intents(), "hold/a", 0).toCompletableFuture()).isCompleted();
        }
        assertThat(kafka.history()).extracting(sent -> sent.key() + " " + sent.partition()).containsExactly(
                "search-eu/data-1 " + Partitioning.SPREAD.forCluster(Samples.CLUSTER), "w 7", "hold/a 0");
        assertThat(kafka.history().getLast().value()).isNull();
    }

    @Test
    void whatDoesNotArriveIsCountedAndTold() {
        var kafka = kafka(false, TEXT);
        try (var publisher = new EventPublisher(kafka)) {
            var sent = publisher.send(topics.targets(), Samples.target()).toCompletableFuture();
            assertThat(sent).isNotDone();
            kafka.errorNext(new TimeoutException("30 s"));
            assertThat(sent).failsWithin(Duration.ofSeconds(1)).withThrowableThat().havingCause()
                    .isInstanceOf(TimeoutException.class);
            assertThat(publisher.failures()).isEqualTo(1);
        }
    }

    @Test
    void whatCantBeWrittenIsCountedAndTold() {
        var kafka = kafka(true, (_, _) -> {
            throw new SerializationException("no schema");
        });
        try (var publisher = new EventPublisher(kafka)) {
            assertThat(publisher.send(topics.targets(), Samples.target()).toCompletableFuture())
                    .isCompletedExceptionally();
            assertThat(publisher.failures()).isEqualTo(1);
        }
    }

    private static MockProducer<String, Object> kafka(boolean answersAtOnce, Serializer<Object> serializer) {
        return new MockProducer<>(answersAtOnce, null, new StringSerializer(), serializer);
    }
}
