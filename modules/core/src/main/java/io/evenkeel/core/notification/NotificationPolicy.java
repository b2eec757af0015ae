package io.evenkeel.core.notification;

import io.evenkeel.core.cluster.ClusterId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whom to tell.
 *
 * @param route the root of the routes; its matchers are empty, so every alert goes somewhere
 * @param inhibitions what keeps what back
 * @param heartbeat sent while the pipeline lives; empty: none
 * @param testPage sent each day to try the way; empty: none
 * @param links what every notification of a trouble links to
 * @param services what the alerts of a cluster are labelled with: its services, comma between
 */
public record NotificationPolicy(Route route, List<Inhibition> inhibitions, Optional<Heartbeat> heartbeat,
        Optional<TestPage> testPage, List<LinkTemplate> links, Map<ClusterId, String> services) {

    /** @param channels dead-man's switches */
    public record Heartbeat(List<String> channels, Duration every) {
        public Heartbeat {
            channels = List.copyOf(channels);
        }
    }

    public NotificationPolicy {
        inhibitions = List.copyOf(inhibitions);
        links = List.copyOf(links);
        services = Map.copyOf(services);
    }

    /** No channels: alerts are grouped, and nobody is told. */
    public static NotificationPolicy nobody() {
        return new NotificationPolicy(new Route("route", List.of(), Optional.empty(), List.of(),
                List.of("cluster"), Route.Pace.DEFAULT, List.of(), false, List.of()), Inhibition.DEFAULTS,
                Optional.empty(), Optional.empty(), List.of(), Map.of());
    }
}
