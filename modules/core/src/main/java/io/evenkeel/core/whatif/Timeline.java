package io.evenkeel.core.whatif;

import io.evenkeel.core.decision.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What would follow from a loss.
 *
 * @param from when it is assumed to happen
 * @param horizon how far it was looked ahead
 * @param events in their order
 * @param outlooks what it comes to, for each service and each node and cluster that is touched or decided on
 */
public record Timeline(Loss loss, Instant from, Duration horizon, List<Event> events, List<Outlook> outlooks) {

    public Timeline {
        events = List.copyOf(events);
        outlooks = List.copyOf(outlooks);
    }

    public sealed interface Event {
        /** Since the loss. */
        Duration after();
    }

    /**
     * A node, a cluster or a vantage would go from one state to another.
     *
     * @param subject {@code cluster/node}, cluster id, or {@code cluster/vantage/name}
     */
    public record Moved(Duration after, String subject, String from, String to, String reason) implements Event {}

    public record Decided(Duration after, Decision decision) implements Event {}

    /**
     * What it comes to.
     *
     * @param subject cluster id, service id, {@code cluster/node}, or what a decision calls it
     * @param would {@code replace}, {@code fail-over}, {@code zonal-shift}, {@code freeze}; {@code nothing} where nothing is
     *     thought about; of a cluster {@code be FAILED}, {@code stay HEALTHY}
     * @param verdict of the newest decision; empty where there is none
     * @param after since the loss: when it would be so, or when time alone may change it; null when neither is known
     * @param stoppedBy gate and numbers, or the state that nothing follows from; empty when nothing stops it
     */
    public record Outlook(String subject, String would, String verdict, @Nullable Duration after, String stoppedBy) {

        Outlook but(String more) {
            return new Outlook(subject, would, verdict, after, stoppedBy.isEmpty() ? more : stoppedBy + "; " + more);
        }
    }
}
