package io.evenkeel.cli.config;

import io.evenkeel.channels.delivery.Terms;
import io.evenkeel.core.notification.NotificationPolicy;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Whom to tell, and how.
 *
 * @param channels by name; every channel that the policy names is there
 */
public record Alerts(NotificationPolicy policy, SortedMap<String, Channel> channels) {

    /** A channel: how it is used, and where it leads. */
    public record Channel(Terms terms, ChannelConfig config) {}

    public Alerts {
        channels = Collections.unmodifiableSortedMap(new TreeMap<>(channels));
    }
}
