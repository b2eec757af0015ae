package io.evenkeel.topology.decode;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import org.apache.kafka.common.header.Headers;

/** The headers that keep, on copied records, which topic they were first written to and when. */
public final class SourceTopic {

    private static final String HEADER = "evenkeel.source-topic";
    private static final String TIME = "evenkeel.source-timestamp";

    private SourceTopic() {}

    /** @param writtenAt append time there */
    public static void mark(Headers headers, String topic, Instant writtenAt) {
        headers.remove(HEADER);
        headers.add(HEADER, topic.getBytes(UTF_8));
        headers.remove(TIME);
        headers.add(TIME, Long.toString(writtenAt.toEpochMilli()).getBytes(UTF_8));
    }

    /**
     * When a record was first written: a copy may be much younger than what it says.
     *
     * @param appended append time where it was read, for a record that is no copy
     */
    public static Instant writtenAt(Headers headers, Instant appended) {
        var header = headers.lastHeader(TIME);
        return header == null || header.value() == null
                ? appended
                : Instant.ofEpochMilli(Long.parseLong(new String(header.value(), UTF_8)));
    }

    static String of(Headers headers, String readFrom) {
        var header = headers.lastHeader(HEADER);
        return header == null || header.value() == null ? readFrom : new String(header.value(), UTF_8);
    }
}
