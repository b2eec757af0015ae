package io.evenkeel.events.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.evenkeel.events.TopicSpec;
import io.evenkeel.events.UndecodableEventException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Dead letters: key and bytes as received, and where they came from and what is wrong with them in headers, as text in
 * UTF-8.
 *
 * @param topic where they go
 */
public record DeadLetters(TopicSpec topic) {

    public static final String TOPIC = "evenkeel.dead-letter.topic";
    public static final String PARTITION = "evenkeel.dead-letter.partition";
    public static final String OFFSET = "evenkeel.dead-letter.offset";
    /** Append time at the origin, in milliseconds since 1970. */
    public static final String TIMESTAMP = "evenkeel.dead-letter.timestamp";
    /** A name of {@link UndecodableEventException.Reason}, or {@value #RULE_ERROR}. */
    public static final String REASON = "evenkeel.dead-letter.reason";
    /** The exception, at most 1,000 characters. */
    public static final String CAUSE = "evenkeel.dead-letter.cause";

    /** The record is good, but a rule threw. */
    public static final String RULE_ERROR = "RULE_ERROR";

    private static final int LONGEST_CAUSE = 1_000;

    /** The dead letter of a record that was received; headers it came with are kept. */
    public ProducerRecord<byte[], byte[]> of(ConsumerRecord<byte[], byte[]> received, Throwable cause) {
        var headers = new RecordHeaders(received.headers());
        describe(headers, received.topic(), received.partition(), received.offset(), received.timestamp(), cause);
        return new ProducerRecord<>(topic.name(), null, received.key(), received.value(), headers);
    }

    /** Puts the six headers; values of an earlier dead letter of the same record are replaced. */
    public static void describe(Headers headers, String topic, int partition, long offset, long timestamp,
            Throwable cause) {
        put(headers, TOPIC, topic);
        put(headers, PARTITION, Integer.toString(partition));
        put(headers, OFFSET, Long.toString(offset));
        put(headers, TIMESTAMP, Long.toString(timestamp));
        put(headers, REASON, reason(cause));
        put(headers, CAUSE, cause(cause));
    }

    /** What goes into the header {@value #CAUSE}. */
    public static String cause(Throwable cause) {
        String text = cause.toString();
        return text.length() > LONGEST_CAUSE ? text.substring(0, LONGEST_CAUSE) : text;
    }

    /** What goes into the header {@value #REASON}. */
    public static String reason(Throwable cause) {
        return cause instanceof UndecodableEventException poison ? poison.reason().name() : RULE_ERROR;
    }

    private static void put(Headers headers, String name, String value) {
        headers.remove(name);
        headers.add(name, value.getBytes(UTF_8));
    }
}
