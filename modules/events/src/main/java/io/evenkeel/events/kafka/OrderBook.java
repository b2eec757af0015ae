package io.evenkeel.events.kafka;

import io.evenkeel.core.decision.Intent;
import io.evenkeel.core.decision.Order;

/** Where it is written what people say. Each method returns when it holds; for many threads. */
public interface OrderBook {

    /** @throws NotAcknowledgedException when it does not hold */
    void set(Intent intent) throws InterruptedException;

    /**
     * Ends an intent.
     *
     * @param key of {@link Intent#key}
     * @throws NotAcknowledgedException when it does not hold
     */
    void release(String key) throws InterruptedException;

    /** @throws NotAcknowledgedException when it does not hold */
    void give(Order order) throws InterruptedException;
}
