package io.evenkeel.topology.decode;

import io.evenkeel.events.TopicSpec;
import io.evenkeel.events.kafka.DeadLetters;
import io.evenkeel.topology.Sinks;
import io.evenkeel.topology.metrics.TopologyMeters;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a record as it was received to the dead letters, with its origin and the cause in headers; within the task's
 * transaction, so that nothing is lost and nothing is there twice.
 *
 * @param child name of the sink
 */
public record DeadLetterSink(String child) {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterSink.class);
    private static final String COUNT = "count-dead-letters";

    /** Adds the sink to a topology, and before it the step that counts. */
    public void addTo(Topology topology, TopicSpec topic, TopologyMeters meters, String... parents) {
        topology.addProcessor(COUNT, () -> new LetterCount(meters), parents);
        Sinks.bytes(topology, child, topic, COUNT);
    }

    /**
     * Applies a rule to what the context is processing now. What a rule throws makes the record a dead letter: no crash
     * loop, the state stays as it was, the next record is judged. What Kafka throws is not a rule's.
     */
    public void guard(ProcessorContext<Object, Object> context, Record<byte[], byte[]> received, Runnable rule) {
        guard(context, received, rule, _ -> {
        });
    }

    /** @param afterwards what else is to be done about what a rule threw */
    public void guard(ProcessorContext<Object, Object> context, Record<byte[], byte[]> received, Runnable rule,
            Consumer<RuntimeException> afterwards) {
        try {
            rule.run();
        } catch (KafkaException kafkas) {
            throw kafkas;
        } catch (RuntimeException ruleError) {
            bury(context, received, ruleError);
            afterwards.accept(ruleError);
        }
    }

    /**
     * Buries what the context is processing now.
     *
     * @param cause poison, or what a rule threw
     */
    void bury(ProcessorContext<Object, Object> context, Record<byte[], byte[]> received,
            RuntimeException cause) {
        var metadata = context.recordMetadata()
                .orElseThrow(() -> new IllegalStateException("a source record without metadata"));
        LOG.atError().addKeyValue("topic", metadata.topic()).addKeyValue("partition", metadata.partition())
                .addKeyValue("offset", metadata.offset()).addKeyValue("reason", DeadLetters.reason(cause))
                .addKeyValue("error", cause.toString()).log("record goes to the dead letters");
        var letter = new Record<Object, Object>(received.key(), received.value(), received.timestamp(),
                received.headers());
        DeadLetters.describe(letter.headers(), metadata.topic(), metadata.partition(), metadata.offset(),
                received.timestamp(), cause);
        context.forward(letter, COUNT);
    }
}
