package io.evenkeel.topology.copy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Headers of a copied record: where it was first written, and when.
 *
 * @param partition topic and partition there
 * @param offset there
 * @param before offset there of what the same copier copied before it; none for its first
 * @param writtenAt append time there, in milliseconds
 */
public record Origin(TopicPartition partition, long offset, OptionalLong before, Instant writtenAt) {

    private static final String TOPIC = "evenkeel.source-topic";
    private static final String PARTITION = "evenkeel.source-partition";
    private static final String OFFSET = "evenkeel.source-offset";
    private static final String BEFORE = "evenkeel.source-offset-before";
    private static final String TIME = "evenkeel.source-timestamp";

    /** Empty for a record that is no copy, or of which that can't be told. */
    public static Optional<Origin> of(Headers headers) {
        String topic = text(headers, TOPIC);
        var partition = number(headers, PARTITION);
        var offset = number(headers, OFFSET);
        var writtenAt = number(headers, TIME);
        return topic == null || partition.isEmpty() || offset.isEmpty() || writtenAt.isEmpty()
                ? Optional.empty()
                : Optional.of(new Origin(new TopicPartition(topic, (int) partition.getAsLong()), offset.getAsLong(),
                        number(headers, BEFORE), Instant.ofEpochMilli(writtenAt.getAsLong())));
    }

    /** The topic that a record was first written to. */
    public static String topic(Headers headers, String readFrom) {
        String topic = text(headers, TOPIC);
        return topic == null ? readFrom : topic;
    }

    /** In place of what they may say of an earlier copy. */
    void mark(Headers headers) {
        set(headers, TOPIC, partition.topic());
        set(headers, PARTITION, Integer.toString(partition.partition()));
        set(headers, OFFSET, Long.toString(offset));
        headers.remove(BEFORE);
        before.ifPresent(known -> set(headers, BEFORE, Long.toString(known)));
        set(headers, TIME, Long.toString(writtenAt.toEpochMilli()));
    }

    private static void set(Headers headers, String name, String value) {
        headers.remove(name);
        headers.add(name, value.getBytes(UTF_8));
    }

    private static OptionalLong number(Headers headers, String name) {
        String text = text(headers, name);
        try {
            return text == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException _) {
            return OptionalLong.empty();
        }
    }

    private static @Nullable String text(Headers headers, String name) {
        var header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
    }
}
