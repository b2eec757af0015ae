package io.evenkeel.topology.decode;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.common.header.Headers;

/** The header that keeps, on copied records, which topic they were first written to. */
public final class SourceTopic {

    private static final String HEADER = "evenkeel.source-topic";

    private SourceTopic() {}

    public static void mark(Headers headers, String topic) {
        headers.remove(HEADER);
        headers.add(HEADER, topic.getBytes(UTF_8));
    }

    static String of(Headers headers, String readFrom) {
        var header = headers.lastHeader(HEADER);
        return header == null || header.value() == null ? readFrom : new String(header.value(), UTF_8);
    }
}
