package io.evenkeel.channels.delivery;

import io.evenkeel.core.alert.Delivery;

/**
 * A receipt to be written.
 *
 * @param offset of the notification
 */
record Settled(long offset, Delivery delivery) {

    /** Whether the notification is done with; one that fails is tried on. */
    boolean isEnd() {
        return switch (delivery.outcome()) {
            case DELIVERED, HANDED_OVER, REJECTED, SUPERSEDED, EXPIRED -> true;
            case FAILING -> false;
        };
    }
}
