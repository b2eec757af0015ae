package io.evenkeel.channels.content;

import io.evenkeel.core.alert.Alert;
import io.evenkeel.core.alert.Labels;
import io.evenkeel.core.notification.Notification;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What to type next: ready to paste but for the reason, which is a person's to give. */
final class Commands {

    private Commands() {}

    static List<String> next(Notification notification) {
        if (!Content.isTrouble(notification)) {
            return List.of();
        }
        var commands = new ArrayList<String>();
        String incident = Texts.shellWord(notification.incident());
        commands.add("evenkeel why " + Texts.shellWord(explained(notification)));
        if (notification.firing() > 0) {
            if (notification.by().isEmpty()) {
                commands.add("evenkeel acknowledge " + incident + " --reason TEXT");
            }
            silenceable(notification).ifPresent(
                    subject -> commands.add("evenkeel silence " + Texts.shellWord(subject) + " --reason TEXT"));
        }
        return commands;
    }

    /** Decisions know keys of alerts; an incident is named like the first alert's, or has a number behind it. */
    private static String explained(Notification notification) {
        var keys = notification.alerts().stream().map(Alert::key).toList();
        return keys.isEmpty() || keys.contains(notification.incident()) ? notification.incident() : keys.getFirst();
    }

    /** The subject when one alert fires, their cluster when several do; a silence is about a cluster or what lies in it. */
    private static Optional<String> silenceable(Notification notification) {
        var firing = notification.alerts().stream().filter(alert -> alert.status() == Alert.Status.FIRING).toList();
        if (firing.isEmpty()) {
            return Optional.empty();
        }
        String cluster = firing.getFirst().label(Labels.CLUSTER);
        if (cluster.isEmpty() || firing.stream().anyMatch(alert -> !alert.label(Labels.CLUSTER).equals(cluster))) {
            return Optional.empty();
        }
        String subject = firing.getFirst().subject();
        return Optional.of(notification.firing() == 1 && subject.startsWith(cluster + "/") ? subject : cluster);
    }
}
