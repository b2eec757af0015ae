package io.evenkeel.topology.decode;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.evenkeel.events.kafka.DeadLetters;
import io.evenkeel.topology.metrics.TopologyMeters;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/** Counts dead letters by what their headers say, on the way to the sink. */
final class LetterCount extends ContextualProcessor<Object, Object, Object, Object> {

    private final TopologyMeters meters;

    LetterCount(TopologyMeters meters) {
        this.meters = meters;
    }

    @Override
    public void process(Record<Object, Object> letter) {
        meters.deadLetter(header(letter.headers(), DeadLetters.TOPIC), header(letter.headers(), DeadLetters.REASON));
        context().forward(letter);
    }

    private static String header(Headers headers, String name) {
        return new String(headers.lastHeader(name).value(), UTF_8);
    }
}
