package io.evenkeel.events.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.core.decision.Intent;
import io.evenkeel.core.decision.Order;
import io.evenkeel.events.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class KafkaOrderBookTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final Serializer<Object> TEXT = (_, event) -> event == null
            ? null
            : event.toString().getBytes(StandardCharsets.UTF_8);
    private static final Intent SILENCE = new Intent(Intent.Kind.SILENCE, "primary", "ann", "disk", NOW,
            NOW.plusSeconds(60));

    private final Topics topics = new Topics();
    private final MockProducer<String, Object> kafka = new MockProducer<>(true, null, new StringSerializer(), TEXT);

    @Test
    void whatPeopleSayGoesToItsTopic() throws InterruptedException {
        try (var book = new KafkaOrderBook(topics, new EventPublisher(kafka))) {
            book.set(SILENCE);
            book.release(SILENCE.key());
            book.give(Order.acknowledgement("id", "primary@1", "ann", "I look", NOW));
        }
        assertThat(kafka.history()).extracting(sent -> sent.topic() + " " + sent.key() + " " + sent.partition())
                .containsExactly("evenkeel.intents.v1 silence/primary 0", "evenkeel.intents.v1 silence/primary 0",
                        "evenkeel.orders.v1 id 0");
        assertThat(kafka.history().get(1).value()).isNull();
    }

    @Test
    void whatKafkaDoesNotTakeDoesNotHoldAndTheMessageSaysSo() {
        try (var book = new KafkaOrderBook(topics, new EventPublisher(kafka))) {
            kafka.sendException = new TimeoutException("Expiring 1 record(s)");
            assertThatThrownBy(() -> book.set(SILENCE)).isInstanceOf(NotAcknowledgedException.class)
                    .hasMessageContainingAll("it does NOT hold", "Expiring 1 record(s)", "BRAKE");
        }
    }
}
