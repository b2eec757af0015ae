package io.evenkeel.channels.content;

import io.evenkeel.core.notification.Notification;
import java.util.List;
import java.util.stream.Stream;

/** Labels of a notification, seen as a whole: what receivers filter by. */
public final class Facets {

    private Facets() {}

    /** Values that the group or its alerts have for a label, each once, in order; empty when none has it. */
    public static List<String> of(Notification notification, String label) {
        return Stream
                .concat(Stream.of(notification.labels().getOrDefault(label, "")),
                        notification.alerts().stream().map(alert -> alert.label(label)))
                .map(Texts::oneLine).filter(value -> !value.isEmpty()).distinct().toList();
    }

    /** As text: comma between several. */
    public static String text(Notification notification, String label) {
        return String.join(", ", of(notification, label));
    }
}
