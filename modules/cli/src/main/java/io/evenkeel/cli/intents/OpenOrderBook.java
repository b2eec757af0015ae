package io.evenkeel.cli.intents;

import io.evenkeel.cli.config.EvenkeelConfig;
import io.evenkeel.events.Topics;
import io.evenkeel.events.kafka.KafkaOrderBook;
import io.evenkeel.events.kafka.KafkaSettings;
import io.evenkeel.events.kafka.OrderBook;
import io.evenkeel.events.serde.EventSerdes;

/** The order book that a configuration leads to, open for one command. */
final class OpenOrderBook implements AutoCloseable {

    private final EventSerdes serdes;
    private final KafkaOrderBook book;

    OpenOrderBook(EvenkeelConfig config) {
        serdes = new EventSerdes(config.registry().settings());
        book = new KafkaOrderBook(new KafkaSettings(config.kafka().clientSettings()),
                new Topics(config.kafka().topicPrefix()), "evenkeel-cli", serdes.serializer());
    }

    OrderBook orders() {
        return book;
    }

    @Override
    public void close() {
        book.close();
        serdes.close();
    }
}
