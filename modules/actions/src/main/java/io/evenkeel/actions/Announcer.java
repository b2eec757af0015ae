package io.evenkeel.actions;

import io.evenkeel.events.Topics;
import io.evenkeel.events.kafka.DeadLetters;
import io.evenkeel.events.kafka.KafkaClients;
import io.evenkeel.events.kafka.KafkaSettings;
import io.evenkeel.events.kafka.Loop;
import io.evenkeel.events.serde.EventSerdes;

/**
 * Announces alerts and the ends of actions (group: topic prefix and {@code announcer}), at least once and in order for each
 * partition: a record's offset is committed once both channels took it, or can never take it (dead letter).
 */
public final class Announcer implements AutoCloseable {

    private final Loop loop;

    /** Nothing is read before {@link #start}; serdes stay the caller's to close. */
    public Announcer(KafkaSettings kafka, Topics topics, EventSerdes serdes, Announcements channels) {
        var clients = new KafkaClients(kafka, "evenkeel-announcer");
        this.loop = new Loop("announcer", () -> new AnnounceLoop(clients, topics, serdes.deserializer(),
                new DeadLetters(topics.deadLetters()), channels));
    }

    public void start() {
        loop.start();
    }

    /** Ends within 15 s; what is not committed is announced again by whoever is next. */
    @Override
    public void close() {
        loop.close();
    }
}
