package io.evenkeel.channels.delivery;

import io.evenkeel.core.alert.Alert.Severity;
import io.evenkeel.core.notification.Notification;
import io.evenkeel.core.notification.Notification.Kind;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;

/** Notifications of which only incident, sequence, kind, severity and time matter. */
final class Notifications {

    static final Instant T0 = Instant.parse("2026-03-01T12:00:00Z");

    private Notifications() {}

    static Notification of(String incident, int sequence, Kind kind, Severity severity, Instant at) {
        return new Notification(incident, sequence, kind, severity, List.of("pager"), new TreeMap<>(), incident,
                List.of(), 1, 0, "", List.of(), at, at);
    }

    static Notification page(String incident, int sequence) {
        return of(incident, sequence, sequence == 1 ? Kind.FIRING : Kind.UPDATED, Severity.PAGE, T0);
    }

    static Notification warn(String incident, int sequence) {
        return of(incident, sequence, sequence == 1 ? Kind.FIRING : Kind.UPDATED, Severity.WARN, T0);
    }

    static Notification resolved(String incident, int sequence) {
        return of(incident, sequence, Kind.RESOLVED, Severity.PAGE, T0);
    }
}
