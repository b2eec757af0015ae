package io.evenkeel.events.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.events.Topics;
import io.evenkeel.events.UndecodableEventException;
import io.evenkeel.events.UndecodableEventException.Reason;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class DeadLettersTest {

    private final DeadLetters deadLetters = new DeadLetters(new Topics().deadLetters());

    @Test
    void bytesAreAsReceivedAndHeadersSayWhereFromAndWhy() {
        var received = new ConsumerRecord<>("in", 3, 17, new byte[]{9}, new byte[]{1, 2, 3});
        received.headers().add("theirs", new byte[]{5});
        var letter = deadLetters.of(received,
                new UndecodableEventException(Reason.BAD_MAGIC_BYTE, "first byte must be 0x00"));
        assertThat(letter.topic()).isEqualTo("evenkeel.dead-letters.v1");
        assertThat(letter.key()).isEqualTo(new byte[]{9});
        assertThat(letter.value()).isEqualTo(new byte[]{1, 2, 3});
        assertThat(letter.headers().lastHeader("theirs").value()).isEqualTo(new byte[]{5});
        assertThat(text(letter.headers())).containsEntry(DeadLetters.TOPIC, "in")
                .containsEntry(DeadLetters.PARTITION, "3").containsEntry(DeadLetters.OFFSET, "17")
                .containsEntry(DeadLetters.TIMESTAMP, "-1").containsEntry(DeadLetters.REASON, "BAD_MAGIC_BYTE")
                .containsEntry(DeadLetters.CAUSE, UndecodableEventException.class.getName()
                        + ": first byte must be 0x00");
    }

    @Test
    void ruleThatThrowsIsItsOwnReason() {
        assertThat(DeadLetters.reason(new IllegalStateException("x"))).isEqualTo("RULE_ERROR");
    }

    @Test
    void recordThatDiesAgainHasOneSetOfHeadersAndAShortCause() {
        var headers = new RecordHeaders();
        DeadLetters.describe(headers, "a", 1, 2, 3, new IllegalStateException("x"));
        DeadLetters.describe(headers, "b", 4, 5, 6, new IllegalStateException("y".repeat(5_000)));
        assertThat(headers.toArray()).hasSize(6);
        assertThat(text(headers)).containsEntry(DeadLetters.TOPIC, "b");
        assertThat(text(headers).get(DeadLetters.CAUSE)).hasSize(1_000);
    }

    private static Map<String, String> text(Headers headers) {
        var text = new HashMap<String, String>();
        headers.forEach(header -> text.put(header.key(), new String(header.value(), UTF_8)));
        return text;
    }
}
