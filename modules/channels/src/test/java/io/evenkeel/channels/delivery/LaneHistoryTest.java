package io.evenkeel.channels.delivery;

import static io.evenkeel.channels.delivery.Notifications.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.channels.Channel.Receipt;
import io.evenkeel.core.alert.Alert.Severity;
import io.evenkeel.core.alert.Delivery.Outcome;
import io.evenkeel.core.notification.Notification;
import io.evenkeel.core.notification.Notification.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random histories; the seed is the test's parameter, so a failing one replays exactly. */
class LaneHistoryTest {

    private static final Duration INTERVAL = Duration.ofMillis(700);
    private static final int BURST = 3;

    private final Map<Long, Notification> came = new HashMap<>();
    private final Map<Long, Outcome> ends = new HashMap<>();
    private final Map<String, Integer> lastSequence = new HashMap<>();
    private final Map<String, List<Instant>> sentOver = new HashMap<>();
    private final Map<String, Integer> lastTaken = new HashMap<>();
    private final Map<String, Boolean> works = new HashMap<>(Map.of("pager", true, "mail", true));
    private int failings;
    private boolean failingMayBeTold = true;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233})
    void everyHistoryKeepsTheInvariants(long seed) {
        var random = new SplittableRandom(seed);
        var rate = new Rate(INTERVAL, BURST);
        var paths = new ArrayList<Path>();
        paths.add(new Path("pager", rate, Duration.ofSeconds(20)));
        if (seed % 2 == 0) {
            paths.add(new Path("mail", rate, Duration.ofSeconds(20)));
        }
        var lane = new Lane(paths, random.split());
        var now = T0;
        for (int i = 0; i < 5_000; i++) {
            now = now.plusMillis(random.nextInt(400));
            if (random.nextInt(3) == 0 && !lane.isFull()) {
                comes(lane, random, now);
            }
            if (random.nextInt(100) == 0) {
                works.compute(random.nextBoolean() ? "pager" : "mail", (_, before) -> !Boolean.TRUE.equals(before));
            }
            turn(lane, random, now);
            assertThat(lane.offsets()).as("what waits has no end").noneMatch(ends::containsKey);
        }
        works.replaceAll((_, _) -> true);
        for (int i = 0; i < 20_000 && !lane.offsets().isEmpty(); i++) {
            now = now.plusMillis(200);
            turn(lane, new SplittableRandom(0), now);
        }
        assertThat(ends.keySet()).as("each has an end").isEqualTo(came.keySet());
        assertThat(ends.values()).contains(Outcome.DELIVERED, Outcome.SUPERSEDED);
        assertThat(failings).isPositive();
        sentOver.values().forEach(LaneHistoryTest::rateIsKept);
        supersededOnlyByNewer();
    }

    private void comes(Lane lane, SplittableRandom random, Instant now) {
        var incident = "i" + random.nextInt(8);
        int sequence = lastSequence.merge(incident, 1, Integer::sum);
        var kinds = Kind.values();
        var notification = Notifications.of(incident, sequence, kinds[random.nextInt(kinds.length)],
                random.nextBoolean() ? Severity.PAGE : Severity.WARN, now);
        long offset = came.size() * 2L;
        came.put(offset, notification);
        lane.admit(offset, notification);
    }

    private void turn(Lane lane, SplittableRandom random, Instant now) {
        var step = lane.next(now);
        step.settled().forEach(this::settled);
        step.attempt().ifPresent(attempt -> {
            var path = attempt.path().name();
            sentOver.computeIfAbsent(path, _ -> new ArrayList<>()).add(now);
            var notification = attempt.what().notification();
            assertThat(ends).as("nothing is sent after its end").doesNotContainKey(attempt.what().offset());
            var receipt = receipt(path, random);
            if (receipt instanceof Receipt.Taken) {
                int before = lastTaken.getOrDefault(notification.incident(), 0);
                assertThat(notification.sequence()).as("order of an incident").isGreaterThan(before);
                lastTaken.put(notification.incident(), notification.sequence());
            }
            if (path.equals("pager") && !(receipt instanceof Receipt.Later)) {
                failingMayBeTold = true;
            }
            lane.answered(attempt, receipt, now).ifPresent(this::settled);
        });
    }

    private Receipt receipt(String path, SplittableRandom random) {
        if (!Boolean.TRUE.equals(works.get(path))) {
            return new Receipt.Later("down", random.nextInt(5) == 0
                    ? Optional.of(Duration.ofSeconds(random.nextInt(40)))
                    : Optional.empty());
        }
        return random.nextInt(20) == 19 ? new Receipt.Refused("no") : new Receipt.Taken("id");
    }

    private void settled(Settled settled) {
        if (settled.isEnd()) {
            assertThat(ends.put(settled.offset(), settled.delivery().outcome())).as("one end").isNull();
        } else {
            assertThat(failingMayBeTold).as("failing is told once for each stretch").isTrue();
            failingMayBeTold = false;
            failings++;
        }
    }

    private static void rateIsKept(List<Instant> sent) {
        for (int i = BURST; i < sent.size(); i++) {
            assertThat(Duration.between(sent.get(i - BURST), sent.get(i))).isGreaterThanOrEqualTo(INTERVAL);
        }
        for (int i = 0; i < sent.size(); i += 50) {
            var from = sent.get(i);
            long within = sent.stream().skip(i).takeWhile(at -> at.isBefore(from.plusSeconds(30))).count();
            assertThat(within).isLessThanOrEqualTo(BURST + 30_000 / INTERVAL.toMillis() + 1);
        }
    }

    private void supersededOnlyByNewer() {
        ends.forEach((offset, outcome) -> {
            if (outcome == Outcome.SUPERSEDED) {
                var old = Objects.requireNonNull(came.get(offset));
                assertThat(old.kind()).isNotEqualTo(Kind.TEST);
                assertThat(came.values()).anyMatch(newer -> newer.incident().equals(old.incident())
                        && newer.sequence() > old.sequence());
            }
        });
    }
}
