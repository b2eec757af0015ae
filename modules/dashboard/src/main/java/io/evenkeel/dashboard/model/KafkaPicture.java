package io.evenkeel.dashboard.model;

import io.evenkeel.core.alert.Alert;
import io.evenkeel.core.decision.Intent;
import io.evenkeel.events.TopicSpec;
import io.evenkeel.events.Topics;
import io.evenkeel.events.kafka.KafkaSettings;
import io.evenkeel.events.kafka.TopicTable;
import io.evenkeel.events.serde.EventSerdes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Follows the topics {@code alerts} and {@code intents}. Both keep what is over for ever, and this does not: an alert goes
 * when it is resolved, a silence when it ends or, where its time is up, with the next look.
 */
public final class KafkaPicture implements Picture, AutoCloseable {

    /** A look is not worth more of anybody's time: whoever is told that it can't be had asks again. */
    private static final Duration CAUGHT_UP_WITHIN = Duration.ofSeconds(3);

    private final TopicTable<Alert> alerts;
    private final TopicTable<Intent> silences;
    private final InstantSource clock;

    private KafkaPicture(TopicTable<Alert> alerts, TopicTable<Intent> silences, InstantSource clock) {
        this.alerts = alerts;
        this.silences = silences;
        this.clock = clock;
    }

    /** Starts to read; returns at once, also where no broker answers. */
    public static KafkaPicture start(KafkaSettings kafka, Topics topics, EventSerdes serdes, InstantSource clock) {
        return new KafkaPicture(
                follow(kafka, "evenkeel-serve-alerts", topics.alerts(), serdes, Alert.class,
                        alert -> alert.status() == Alert.Status.FIRING),
                follow(kafka, "evenkeel-serve-intents", topics.intents(), serdes, Intent.class,
                        intent -> intent.kind() == Intent.Kind.SILENCE && intent.activeAt(clock.instant())),
                clock);
    }

    private static <V> TopicTable<V> follow(KafkaSettings kafka, String clientId, TopicSpec topic, EventSerdes serdes,
            Class<V> type, Predicate<V> kept) {
        return TopicTable.start(kafka, clientId,
                TopicTable.Reading.kept(topic, serdes.deserializer(), type, kept));
    }

    @Override
    public Optional<Seen> now() throws InterruptedException {
        long end = System.nanoTime() + CAUGHT_UP_WITHIN.toNanos();
        if (!alerts.awaitCaughtUp(CAUGHT_UP_WITHIN)
                || !silences.awaitCaughtUp(Duration.ofNanos(Math.max(0, end - System.nanoTime())))) {
            return Optional.empty();
        }
        var now = clock.instant();
        silences.forget(silence -> !silence.activeAt(now));
        return Optional
                .of(new Seen(List.copyOf(alerts.snapshot().values()), List.copyOf(silences.snapshot().values())));
    }

    @Override
    public void close() {
        alerts.close();
        silences.close();
    }
}
