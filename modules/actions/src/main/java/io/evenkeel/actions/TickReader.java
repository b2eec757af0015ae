package io.evenkeel.actions;

import io.evenkeel.events.Tick;
import io.evenkeel.events.kafka.KafkaClients;
import io.evenkeel.events.kafka.Loop;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Follows the ticks of {@code decision-inputs} from its end on. Reads uncommitted: the topic is written in transactions
 * too, and an open one must not make time stand still; ticks themselves are written outside of transactions.
 */
final class TickReader implements Loop.Body {

    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final String topic;
    private final Deserializer<Object> decoder;
    private final LiveView live;

    TickReader(KafkaClients clients, String topic, Deserializer<Object> decoder, LiveView live) {
        this.consumer = clients.reader("ticks", "read_uncommitted");
        this.topic = topic;
        this.decoder = decoder;
        this.live = live;
        var partition = List.of(new TopicPartition(topic, 0));
        consumer.assign(partition);
        consumer.seekToEnd(partition);
    }

    @Override
    public void turn() {
        for (var record : consumer.poll(POLL)) {
            if (isTick(record.value())) {
                live.tick(Instant.ofEpochMilli(record.timestamp()));
            }
        }
    }

    /** What cannot be decoded now is no tick: time stands still then, and nothing is done. */
    private boolean isTick(byte[] value) {
        try {
            return decoder.deserialize(topic, value) instanceof Tick;
        } catch (SerializationException | RetriableException _) {
            return false;
        }
    }

    @Override
    public void wakeup() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
