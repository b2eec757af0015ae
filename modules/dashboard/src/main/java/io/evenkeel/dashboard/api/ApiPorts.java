package io.evenkeel.dashboard.api;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.notification.NotificationPolicy;
import io.evenkeel.dashboard.model.Picture;
import io.evenkeel.events.kafka.OrderBook;
import java.time.InstantSource;
import java.util.List;

/**
 * What the API asks, and where it writes.
 *
 * @param policy says what keeps alerts back
 * @param clusters that alerts can be about
 * @param clock of what is said, and of which silences hold
 */
public record ApiPorts(Picture picture, Incidents incidents, OrderBook orders, NotificationPolicy policy,
        List<ClusterId> clusters, InstantSource clock) {

    public ApiPorts {
        clusters = List.copyOf(clusters);
    }
}
