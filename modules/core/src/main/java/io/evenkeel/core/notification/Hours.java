package io.evenkeel.core.notification;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;

/**
 * When a route is open. From later than to: over midnight, and the day is the one on which it began.
 *
 * @param days days of the week, at least one
 * @param from first minute
 * @param to the minute after the last; equal to {@code from}: the whole day
 * @param zone whose clock
 */
public record Hours(Set<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone) {

    public Hours {
        days = Set.copyOf(days);
    }

    public boolean openAt(Instant now) {
        var local = now.atZone(zone);
        var time = local.toLocalTime();
        if (from.isBefore(to)) {
            return days.contains(local.getDayOfWeek()) && !time.isBefore(from) && time.isBefore(to);
        }
        return time.isBefore(to)
                ? days.contains(local.getDayOfWeek().minus(1))
                : days.contains(local.getDayOfWeek()) && !time.isBefore(from);
    }
}
