package io.evenkeel.lab;

import io.evenkeel.core.action.ActionOutcome;
import io.evenkeel.core.alert.Alert;
import io.evenkeel.core.alert.Delivery;
import io.evenkeel.core.decision.Decision;
import io.evenkeel.core.decision.FailoverTransition;
import io.evenkeel.core.health.ClusterTransition;
import io.evenkeel.core.health.NodeTransition;
import io.evenkeel.core.notification.Notification;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** One line per event, for people: time, kind, what. */
public final class EventLine {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS")
            .withZone(ZoneId.systemDefault());

    private EventLine() {}

    public static String of(LabEvents.Seen seen) {
        return switch (seen.event()) {
            case NodeTransition t ->
                line(seen.at(), "node", t.node() + " " + t.from() + " -> " + t.to() + ": " + t.reason());
            case ClusterTransition t ->
                line(seen.at(), "cluster", t.cluster() + " " + t.from() + " -> " + t.to() + ": " + t.reason());
            case FailoverTransition t ->
                line(seen.at(), "service", t.service() + " " + t.state() + ", active " + t.active());
            case Decision d ->
                line(seen.at(), "decision", d.verdict() + " " + d.action() + " " + d.subject() + ": " + d.reason());
            case ActionOutcome o ->
                line(seen.at(), "action", o.status() + " " + o.request().id() + ": " + o.detail());
            case Alert a ->
                line(seen.at(), "alert", a.severity() + " " + a.status() + " " + a.title() + " (#" + a.sequence()
                        + ": " + (a.lines().isEmpty() ? "" : a.lines().getLast()) + ")");
            case Notification n -> line(seen.at(), "notify", n.kind() + " " + n.title() + " (" + n.id() + " to "
                    + String.join(", ", n.channels()) + ")");
            case Delivery d ->
                line(seen.at(), "delivery", d.outcome() + " " + d.incident() + "#" + d.sequence() + " on "
                        + d.via() + (d.detail().isEmpty() ? "" : ": " + d.detail()));
            default -> line(seen.at(), "event", seen.event().toString());
        };
    }

    /** A line of the same form for what the lab itself did or saw. */
    public static String line(Instant at, String kind, String text) {
        return "%s  %-8s  %s".formatted(TIME.format(at), kind, text);
    }
}
