package io.evenkeel.core.notification;

import io.evenkeel.core.alert.Alert.Severity;
import io.evenkeel.core.notification.Notification.Kind;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A notification each day though nothing is wrong: it shows that the whole way to people works, and is missed when it stays
 * away.
 *
 * @param channels who gets it
 * @param at when; a time that the clocks leave out comes later by what they leave out, one that they repeat counts once, the
 *     first time
 * @param days days of the week, at least one
 * @param zone whose clock and calendar
 */
public record TestPage(List<String> channels, LocalTime at, Set<DayOfWeek> days, ZoneId zone) {

    /** Later than that it would puzzle people more than its absence does. */
    static final Duration LATEST = Duration.ofHours(1);

    public TestPage {
        channels = List.copyOf(channels);
        days = Set.copyOf(days);
    }

    /** The day whose test page is to be sent now, if it was not sent yet; its hour may go over midnight. */
    Optional<LocalDate> dueAt(Instant now) {
        var today = now.atZone(zone).toLocalDate();
        return Stream.of(today, today.minusDays(1)).filter(day -> days.contains(day.getDayOfWeek())).filter(day -> {
            var begin = day.atTime(at).atZone(zone).toInstant();
            return !now.isBefore(begin) && now.isBefore(begin.plus(LATEST));
        }).findFirst();
    }

    Notification notification(LocalDate day, Instant now) {
        return new Notification("test/" + day, 1, Kind.TEST, Severity.INFO, channels, new TreeMap<>(),
                "Test page of " + day, List.of(), 0, 0, "", List.of(), now, now);
    }
}
