package io.evenkeel.probe.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ProbeScheduleTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ManualPace pace = new ManualPace(-5_000_000_000L);
    private final ProbeSchedule schedule = new ProbeSchedule("a", pace);

    @Test
    void aTargetIsProbedAtAFixedRate() {
        var times = record("n1");

        pace.pass(Duration.ofSeconds(100));

        assertThat(times).hasSize(100);
        for (int i = 1; i < times.size(); i++) {
            assertThat(times.get(i) - times.get(i - 1)).isEqualTo(SECOND.toNanos());
        }
        assertThat(schedule.skipped()).isZero();
        assertThat(schedule.lateness().p99()).isZero();
    }

    @Test
    void aProbeThatThrowsIsFollowedByTheNext() {
        var times = new ArrayList<Long>();
        schedule.put("search/n1", SECOND, _ -> {
            times.add(pace.nanoTime());
            if (times.size() == 1) {
                throw new StackOverflowError();
            }
            throw new IllegalStateException();
        });

        pace.pass(Duration.ofSeconds(10));

        assertThat(times).hasSize(10);
    }

    @Test
    void startsAreSpreadOverTheInterval() {
        var perTenth = new int[10];
        long start = pace.nanoTime();
        for (int i = 0; i < 500; i++) {
            schedule.put("search/n" + i, SECOND,
                    _ -> perTenth[(int) ((pace.nanoTime() - start) * 10 / SECOND.toNanos())]++);
        }

        pace.pass(SECOND.minusNanos(1));

        assertThat(IntStream.of(perTenth).boxed()).hasSize(10)
                .allSatisfy(count -> assertThat(count).isBetween(25, 75));
    }

    @Test
    void whatIsTakenOverIsProbedSoonAndThenSpreadOverTheInterval() {
        var times = new ArrayList<List<Long>>();
        for (int i = 0; i < 1000; i++) {
            var own = new ArrayList<Long>();
            times.add(own);
            schedule.putSoon("search/n" + i, SECOND.multipliedBy(30), SECOND, _ -> own.add(pace.nanoTime()));
        }
        long start = pace.nanoTime();

        pace.pass(Duration.ofSeconds(50));

        assertThat(times).allSatisfy(own -> {
            assertThat(own.getFirst() - start).isLessThanOrEqualTo(SECOND.toNanos());
            assertThat(own.get(1) - own.getFirst()).isBetween(SECOND.multipliedBy(15).toNanos(),
                    SECOND.multipliedBy(45).toNanos());
        });
        assertThat(times.stream().filter(own -> own.get(1) - start < SECOND.multipliedBy(30).toNanos()).count())
                .isBetween(400L, 600L);
    }

    @Test
    void ofVeryManyNewTargetsSoManyBeginInASecondAndEachThenKeepsItsInterval() {
        var times = new ArrayList<List<Long>>();
        for (int i = 0; i < 6 * ProbeSchedule.BEGUN_PER_SECOND; i++) {
            var own = new ArrayList<Long>();
            times.add(own);
            schedule.put("search/n" + i, SECOND.multipliedBy(2), _ -> own.add(pace.nanoTime()));
        }
        for (int second = 1; second <= 6; second++) {
            pace.pass(SECOND);
            assertThat((double) times.stream().filter(own -> !own.isEmpty()).count() / second)
                    .isBetween(0.9 * ProbeSchedule.BEGUN_PER_SECOND, 1.1 * ProbeSchedule.BEGUN_PER_SECOND);
        }
        pace.pass(Duration.ofSeconds(6));

        assertThat(times).allSatisfy(own -> assertThat(own.getLast() - own.get(own.size() - 2))
                .isEqualTo(SECOND.multipliedBy(2).toNanos()));
        assertThat(perSecond(times, pace.nanoTime() - SECOND.multipliedBy(2).toNanos()))
                .isCloseTo(3 * ProbeSchedule.BEGUN_PER_SECOND, within(ProbeSchedule.BEGUN_PER_SECOND / 4L));
    }

    @Test
    void thoseThatNeedAHandshakeBeginMoreSlowly() {
        int perSecond = ProbeSchedule.BEGUN_PER_SECOND / ProbeSchedule.HANDSHAKE;
        var begun = new AtomicInteger();
        for (int i = 0; i < 4 * perSecond; i++) {
            schedule.put("search/n" + i, SECOND, ProbeSchedule.HANDSHAKE, new Consumer<>() {
                private boolean again;

                @Override
                public void accept(Duration late) {
                    begun.addAndGet(again ? 0 : 1);
                    again = true;
                }
            });
        }
        pace.pass(SECOND.multipliedBy(2));
        assertThat(begun.get()).isCloseTo(2 * perSecond, within(perSecond / 5));
        pace.pass(SECOND.multipliedBy(2));
        assertThat(begun).hasValue(4 * perSecond);
    }

    /** Probes in the second from a time on. */
    private static long perSecond(List<List<Long>> times, long from) {
        return times.stream().flatMap(List::stream).filter(time -> time >= from && time < from + SECOND.toNanos())
                .count();
    }

    @Test
    void vantagesDoNotAskTheSameTargetAtTheSameTime() {
        var other = new ProbeSchedule("b", pace);
        var mine = record("n1");
        var theirs = new ArrayList<Long>();
        other.put("n1", SECOND, _ -> theirs.add(pace.nanoTime()));

        pace.pass(SECOND);

        assertThat(mine).hasSize(1).doesNotContainAnyElementsOf(theirs);
        assertThat(theirs).hasSize(1);
    }

    @Test
    void timesThatPassWhileAProbeRunsAreSkippedNotMadeUpFor() {
        var probes = new AtomicInteger();
        schedule.put("n1", SECOND, _ -> {
            if (probes.incrementAndGet() == 1) {
                pace.jump(Duration.ofMillis(2500));
            }
        });

        pace.pass(Duration.ofSeconds(10));

        assertThat(probes).hasValue(8);
        assertThat(schedule.skipped()).isEqualTo(2);
    }

    @Test
    void theAgentsOwnLatenessIsMeasured() {
        record("n1");
        pace.jump(Duration.ofSeconds(3));

        pace.pass(Duration.ofMillis(1));

        assertThat(schedule.lateness().p99()).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(3));
    }

    @Test
    void eachProbeIsToldHowLateItBegins() {
        var late = new ArrayList<Duration>();
        schedule.put("n1", SECOND, late::add);
        pace.pass(SECOND);
        pace.jump(Duration.ofMillis(4200));
        pace.pass(SECOND);

        assertThat(late).hasSizeGreaterThanOrEqualTo(2).first().isEqualTo(Duration.ZERO);
        assertThat(late.get(1)).isBetween(Duration.ofMillis(3200), Duration.ofMillis(4200));
    }

    @Test
    void aTargetThatWasRemovedIsNotProbedAnyMore() {
        var times = record("n1");
        pace.pass(Duration.ofSeconds(3));
        schedule.remove("n1");

        pace.pass(Duration.ofSeconds(3));

        assertThat(times).hasSize(3);
        assertThat(schedule.targets()).isEmpty();
    }

    @Test
    void aTargetThatChangedKeepsItsTimes() {
        var before = record("n1");
        pace.pass(Duration.ofSeconds(2));
        var after = record("n1");

        pace.pass(Duration.ofSeconds(2));

        assertThat(before).hasSize(2);
        assertThat(after).hasSize(2);
        assertThat(after.getFirst() - before.getLast()).isEqualTo(SECOND.toNanos());
    }

    @Test
    void probesOfOneTargetDoNotOverlapEvenWhenItIsRemovedAndPutAgain() {
        var running = new AtomicInteger();
        var most = new AtomicInteger();
        Consumer<Duration> nested = _ -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            running.decrementAndGet();
        };
        schedule.put("n1", SECOND, _ -> {
            running.incrementAndGet();
            schedule.remove("n1");
            schedule.put("n1", SECOND, nested);
            pace.pass(Duration.ofSeconds(2));
            running.decrementAndGet();
        });

        pace.pass(Duration.ofSeconds(5));

        assertThat(most).hasValue(1);
        assertThat(schedule.skipped()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void aProbeWithABugIsProbedAgain() {
        var probes = new AtomicInteger();
        schedule.put("n1", SECOND, _ -> {
            probes.incrementAndGet();
            throw new IllegalStateException("a bug");
        });

        pace.pass(Duration.ofSeconds(3));

        assertThat(probes).hasValue(3);
        assertThat(schedule.skipped()).isEqualTo(3);
    }

    private List<Long> record(String target) {
        var times = new ArrayList<Long>();
        schedule.put(target, SECOND, _ -> times.add(pace.nanoTime()));
        return times;
    }
}
