package io.evenkeel.channels.delivery;

import io.evenkeel.channels.Channel.Receipt;
import io.evenkeel.core.alert.Delivery;
import io.evenkeel.core.alert.Delivery.Outcome;
import io.evenkeel.core.notification.Notification;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * What one channel is sent next. No I/O and no clock: the loop around it tells it what came, what time it is and what the
 * receiver said. Each notification that came ends once, with one of all outcomes but FAILING:
 *
 * <ul>
 * <li>In order within an incident; among incidents pages come first, then what came first.
 * <li>While the channel fails or its rate is used up, only the newest of an incident is kept. So a trouble that is over
 * before anybody could be told is told once, as over.
 * <li>A channel that failed for its {@code failoverAfter} is passed over in favour of the next one, and tried again, with
 * what comes then, whenever its pause is over. Where no next one works, FAILING is told once until it works again.
 * </ul>
 */
final class Lane {

    /** A heartbeat that is older says nothing about now: a dead-man's switch must not be fed with the past. */
    static final Duration HEARTBEAT_AGE = Duration.ofSeconds(60);
    /** More than this is not read ahead: it bounds memory, and what {@link Progress} has to note. */
    static final int MAX_WAITING = 300;

    private final RandomGenerator random;
    private final List<Path> paths;
    /** By offset. */
    private final List<Waiting> waiting = new ArrayList<>();
    private boolean toldFailing;

    /** One notification over one path; must be told how it went before the next question. */
    record Attempt(Waiting what, Path path, Instant at) {}

    /** Receipts of what ended without being sent, and what to send now. */
    record Step(List<Settled> settled, Optional<Attempt> attempt) {}

    /** @param paths the channel itself, then those that take over from it */
    Lane(List<Path> paths, RandomGenerator random) {
        this.paths = List.copyOf(paths);
        this.random = random;
    }

    /** Offsets only grow. */
    void admit(long offset, Notification notification) {
        waiting.add(new Waiting(offset, notification));
    }

    boolean isFull() {
        return waiting.size() >= MAX_WAITING;
    }

    /** Of what waits. */
    SortedSet<Long> offsets() {
        var offsets = new TreeSet<Long>();
        waiting.forEach(each -> offsets.add(each.offset()));
        return offsets;
    }

    Step next(Instant now) {
        paths.forEach(path -> path.observe(now));
        var settled = new ArrayList<Settled>();
        expire(now, settled);
        if (own().isFailing() || !own().isFree(now)) {
            supersede(now, settled);
        }
        var heads = heads();
        var attempt = heads.stream().flatMap(head -> attempt(head, now).stream()).findFirst();
        if (attempt.isEmpty() && !heads.isEmpty()) {
            tellFailing(heads.getFirst(), now, settled);
        }
        return new Step(settled, attempt);
    }

    /** What the receiver said. Empty while it goes on waiting. */
    Optional<Settled> answered(Attempt attempt, Receipt receipt, Instant now) {
        var what = attempt.what();
        var path = attempt.path();
        boolean isOwn = path == own();
        what.tried();
        path.used(attempt.at());
        return switch (receipt) {
            case Receipt.Taken(var id) -> {
                worked(path);
                yield Optional.of(end(what, path, isOwn ? Outcome.DELIVERED : Outcome.HANDED_OVER, id,
                        isOwn ? "" : own().name() + ": " + own().lastFailure(), now));
            }
            case Receipt.Refused(var detail) -> {
                worked(path);
                what.refusedBy(path.name());
                yield isOwn ? Optional.of(end(what, path, Outcome.REJECTED, "", detail, now)) : Optional.empty();
            }
            case Receipt.Later(var detail, var retryAfter) -> {
                path.failed(attempt.at(), now, detail, retryAfter, random.nextDouble());
                yield Optional.empty();
            }
        };
    }

    /** The end of what is too old to be told. */
    Settled expired(long offset, Notification notification, String detail, Instant now) {
        return settled(new Waiting(offset, notification), own(), Outcome.EXPIRED, "", detail, now);
    }

    private Path own() {
        return paths.getFirst();
    }

    private void worked(Path path) {
        path.worked();
        if (path == own()) {
            toldFailing = false;
        }
    }

    private void expire(Instant now, List<Settled> settled) {
        for (var each : List.copyOf(waiting)) {
            if (each.notification().kind() == Notification.Kind.HEARTBEAT
                    && each.notification().at().plus(HEARTBEAT_AGE).isBefore(now)) {
                settled.add(end(each, own(), Outcome.EXPIRED, "", "older than " + HEARTBEAT_AGE.toSeconds() + " s",
                        now));
            }
        }
    }

    private void supersede(Instant now, List<Settled> settled) {
        var newest = new LinkedHashMap<String, Waiting>();
        for (var each : List.copyOf(waiting).reversed()) {
            var newer = newest.putIfAbsent(each.notification().incident(), each);
            if (newer != null && each.isReplacedBy(newer)) {
                settled.add(end(each, own(), Outcome.SUPERSEDED, "", "by #" + newer.notification().sequence(), now));
            }
        }
    }

    /** The first of each incident, in the order of sending. */
    private List<Waiting> heads() {
        var heads = new LinkedHashMap<String, Waiting>();
        var pages = new TreeSet<String>();
        for (var each : waiting) {
            heads.putIfAbsent(each.notification().incident(), each);
            if (each.isPage()) {
                pages.add(each.notification().incident());
            }
        }
        return heads.values().stream()
                .sorted(Comparator.comparing((Waiting head) -> !pages.contains(head.notification().incident()))
                        .thenComparingLong(Waiting::offset))
                .toList();
    }

    /** Over the first path that may be used now; past those alone that are given up. */
    private Optional<Attempt> attempt(Waiting head, Instant now) {
        for (var path : paths) {
            if (!head.isRefusedBy(path)) {
                if (path.isFree(now)) {
                    return Optional.of(new Attempt(head, path, now));
                }
                if (!path.isGivenUp(now)) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    private void tellFailing(Waiting head, Instant now, List<Settled> settled) {
        boolean noneTakesOver = paths.stream().skip(1).allMatch(path -> path.isFailing() || head.isRefusedBy(path));
        if (!toldFailing && own().isGivenUp(now) && noneTakesOver) {
            toldFailing = true;
            settled.add(settled(head, own(), Outcome.FAILING, "", own().lastFailure(), now));
        }
    }

    private Settled end(Waiting what, Path via, Outcome outcome, String receipt, String detail, Instant now) {
        waiting.remove(what);
        return settled(what, via, outcome, receipt, detail, now);
    }

    private Settled settled(Waiting what, Path via, Outcome outcome, String receipt, String detail, Instant now) {
        return new Settled(what.offset(), new Delivery(what.notification().incident(), what.notification().sequence(),
                own().name(), via.name(), outcome, what.attempts(), receipt, detail, now));
    }
}
