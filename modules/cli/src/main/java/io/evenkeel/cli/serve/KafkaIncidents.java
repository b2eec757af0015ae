package io.evenkeel.cli.serve;

import io.evenkeel.cli.explain.KnownIncidents;
import io.evenkeel.dashboard.api.Incidents;
import io.evenkeel.events.Topics;
import io.evenkeel.events.kafka.KafkaSettings;
import io.evenkeel.events.serde.EventSerdes;
import io.evenkeel.topology.replay.PartitionReader;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks incidents up in Kafka, one at a time: what was decided and told goes back for months, too much to be kept in
 * memory for the few that are asked for.
 */
final class KafkaIncidents implements Incidents, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaIncidents.class);
    private static final Duration TURN_WITHIN = Duration.ofSeconds(10);

    private final Topics topics;
    private final PartitionReader reader;
    private final ReentrantLock turn = new ReentrantLock(true);

    KafkaIncidents(KafkaSettings kafka, Topics topics, EventSerdes serdes) {
        this.topics = topics;
        this.reader = new PartitionReader(kafka, topics, serdes, "evenkeel-serve-incidents");
    }

    @Override
    public Found find(String incident) throws InterruptedException {
        if (!turn.tryLock(TURN_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
            return new Found.NotNow("others are looked up");
        }
        try {
            Optional<String> known = KnownIncidents.described(reader, topics, incident);
            return known.isPresent()
                    ? new Found.Known(known.get())
                    : new Found.Unknown(KnownIncidents.unknown(incident));
        } catch (KafkaException failed) {
            LOG.atWarn().addKeyValue("error", failed.toString()).log("incidents can't be looked up");
            return new Found.NotNow(String.valueOf(failed.getMessage()));
        } finally {
            turn.unlock();
        }
    }

    @Override
    public void close() {
        reader.close();
    }
}
