package io.evenkeel.channels.delivery;

import io.evenkeel.core.alert.Alert;
import io.evenkeel.core.notification.Notification;
import java.util.HashSet;
import java.util.Set;

/** A notification that has not come to its end yet. */
final class Waiting {

    private final long offset;
    private final Notification notification;
    private final Set<String> refusedBy = new HashSet<>();
    private int attempts;

    Waiting(long offset, Notification notification) {
        this.offset = offset;
        this.notification = notification;
    }

    long offset() {
        return offset;
    }

    Notification notification() {
        return notification;
    }

    int attempts() {
        return attempts;
    }

    void tried() {
        attempts++;
    }

    void refusedBy(String path) {
        refusedBy.add(path);
    }

    boolean isRefusedBy(Path path) {
        return refusedBy.contains(path.name());
    }

    boolean isPage() {
        return notification.severity() == Alert.Severity.PAGE;
    }

    /** Somebody waits for the receipt of each test; of all else, the newest says it all. */
    boolean isReplacedBy(Waiting newer) {
        return notification.kind() != Notification.Kind.TEST
                && newer.notification.kind() != Notification.Kind.TEST
                && newer.notification.incident().equals(notification.incident());
    }
}
