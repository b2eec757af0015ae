package io.evenkeel.lab.actions;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Holds a process at a {@link KafkaStep}, by Kafka's own hook in its producers: configured as any setting of theirs, so the
 * process runs the production's code. The first outcome that it writes for a request is the claim, the second the end.
 */
public final class KafkaSteps implements ProducerInterceptor<byte[], byte[]> {

    /** The key of the folder for the files that order and tell. */
    static final String FOLDER = "evenkeel.test.steps";

    private static final Map<String, Integer> SENT = new ConcurrentHashMap<>();
    private final Map<Integer, String> newest = new ConcurrentHashMap<>();
    private Path folder = Path.of(".");

    @Override
    public void configure(Map<String, ?> settings) {
        folder = Path.of(String.valueOf(settings.get(FOLDER)));
    }

    @Override
    public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> record) {
        if (record.topic().contains("action-outcomes")) {
            var key = new String(record.key(), UTF_8);
            newest.put(record.partition(), key);
            hold(SENT.merge(record.topic() + key, 1, Integer::sum) == 1
                    ? KafkaStep.CLAIM_HANDED_OVER
                    : KafkaStep.END_HANDED_OVER, key);
        }
        return record;
    }

    /** On the producer's own thread: nothing else is sent or heard by it meanwhile. */
    @Override
    public void onAcknowledgement(RecordMetadata metadata, @Nullable Exception failure) {
        var key = newest.get(metadata.partition());
        if (metadata.topic().contains("action-outcomes") && key != null) {
            hold(SENT.getOrDefault(metadata.topic() + key, 0) == 1 ? KafkaStep.CLAIM_WRITTEN : KafkaStep.END_WRITTEN,
                    key);
        }
    }

    private void hold(KafkaStep step, String key) {
        var serialKey = key.substring(0, key.indexOf('/'));
        var order = folder.resolve(step.order(serialKey));
        if (Files.exists(order)) {
            try {
                Files.writeString(folder.resolve(step.reached(serialKey)), "");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            while (Files.exists(order)) {
                LockSupport.parkNanos(5_000_000);
            }
        }
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
