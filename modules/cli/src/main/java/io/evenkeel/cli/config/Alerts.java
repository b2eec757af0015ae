package io.evenkeel.cli.config;

import io.evenkeel.channels.delivery.Terms;
import io.evenkeel.core.alert.Labels;
import io.evenkeel.core.notification.NotificationPolicy;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Whom to tell, and how.
 *
 * @param channels by name; every channel that the policy names is there
 */
public record Alerts(NotificationPolicy policy, SortedMap<String, Channel> channels) {

    /** What alerts carry: what conditions, groups and inhibition may go by. */
    public static final List<String> LABELS = List.of(Labels.NAME, Labels.SEVERITY, Labels.CLUSTER, Labels.SERVICE,
            Labels.ZONE, Labels.NODE, Labels.VANTAGE, Labels.CHANNEL);

    /** A channel: how it is used, and where it leads. */
    public record Channel(Terms terms, ChannelConfig config) {}

    public Alerts {
        channels = Collections.unmodifiableSortedMap(new TreeMap<>(channels));
    }
}
