package io.evenkeel.cli.explain;

import io.evenkeel.core.alert.Alert;
import io.evenkeel.core.decision.Decision;
import io.evenkeel.core.notification.Notification;
import io.evenkeel.events.Topics;
import io.evenkeel.topology.replay.PartitionReader;
import java.util.Optional;

/** What people can have a word about: what they were told of, and what was decided. */
public final class KnownIncidents {

    private KnownIncidents() {}

    /** What was decided about it last. */
    public static Optional<Decision> decided(PartitionReader reader, Topics topics, String incident) {
        return reader.newest(topics.decisions(), 0, incident, Decision.class);
    }

    /** What it is, in one line: the newest decision, else what people were told, else the alert. */
    public static Optional<String> described(PartitionReader reader, Topics topics, String incident) {
        return decided(reader, topics, incident)
                .map(found -> found.subject() + ": " + found.verdict() + ", " + found.reason())
                .or(() -> reader.newest(topics.notifications(), 0, incident, Notification.class)
                        .map(Notification::title))
                .or(() -> reader.newest(topics.alerts(), 0, incident, Alert.class).map(Alert::title));
    }

    /** What is said of one that is none. */
    public static String unknown(String incident) {
        return "nobody was told of an incident '" + incident + "', and nothing was decided about it";
    }
}
