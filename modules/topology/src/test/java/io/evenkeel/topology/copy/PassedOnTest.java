package io.evenkeel.topology.copy;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.topology.copy.PassedOn.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.api.Test;

final class PassedOnTest {

    private static final TopicPartition SOURCE = new TopicPartition("node-transitions", 3);
    private static final Instant T0 = Instant.parse("2026-11-22T10:00:00Z");
    private static final PassedOn AT_7 = PassedOn.of(copy(7, 5));

    private static Origin copy(long offset, long before) {
        return new Origin(SOURCE, offset, OptionalLong.of(before), T0.plusSeconds(offset));
    }

    private static Origin first(long offset) {
        return new Origin(SOURCE, offset, OptionalLong.empty(), T0.plusSeconds(offset));
    }

    @Test
    void theNextOneIsPassedOnThoughOffsetsBetweenAreNotRecords() {
        assertThat(AT_7.verdict(copy(8, 7))).isEqualTo(Verdict.NEXT);
        assertThat(AT_7.verdict(copy(12, 7))).isEqualTo(Verdict.NEXT);
        assertThat(AT_7.verdict(first(8))).isEqualTo(Verdict.NEXT);
    }

    @Test
    void whatWasPassedOnIsARepetition() {
        assertThat(AT_7.verdict(copy(7, 5))).isEqualTo(Verdict.REPEATED);
        assertThat(AT_7.verdict(first(3))).isEqualTo(Verdict.REPEATED);
    }

    @Test
    void whatCameBeforeOneThatIsMissingComesAgain() {
        assertThat(AT_7.verdict(copy(9, 8))).isEqualTo(Verdict.EARLY);
    }

    @Test
    void whatIsGoneForGoodIsNotWaitedFor() {
        var next = copy(9, 8);
        assertThat(AT_7.afterLoss().verdict(next)).isEqualTo(Verdict.NEXT);
        assertThat(AT_7.afterLoss().verdict(copy(7, 5))).isEqualTo(Verdict.REPEATED);
        assertThat(AT_7.afterLoss().then(next).verdict(copy(12, 11))).isEqualTo(Verdict.EARLY);
    }

    @Test
    void aTopicThatWasCreatedAnewBeginsAnew() {
        var anew = new Origin(SOURCE, 0, OptionalLong.empty(), T0.plusSeconds(60));
        assertThat(AT_7.verdict(anew)).isEqualTo(Verdict.NEXT);
        assertThat(AT_7.then(anew).verdict(anew)).isEqualTo(Verdict.REPEATED);
    }

    @Test
    void aClockOfABrokerThatWentBackMakesNothingNewOfARepetition() {
        var slow = new Origin(SOURCE, 8, OptionalLong.of(7), T0);
        var then = AT_7.then(slow);
        assertThat(then.verdict(slow)).isEqualTo(Verdict.REPEATED);
        assertThat(then.verdict(copy(7, 5))).isEqualTo(Verdict.REPEATED);
    }

    @Test
    void itIsKeptAsBytes() {
        assertThat(PassedOn.of(AT_7.bytes())).isEqualTo(AT_7);
        assertThat(PassedOn.of(AT_7.afterLoss().bytes())).isEqualTo(AT_7.afterLoss());
    }

    /**
     * Copiers that end at any time, each succeeded by one that begins with what was acknowledged and committed; some go on
     * for a while beside their successor; writes get lost, after which the copier ends.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void whateverEndsEachIsPassedOnOnceAndInOrder(long seed) {
        var random = new Random(seed);
        var source = source(random);
        var copies = copies(source, random);
        var passed = new ArrayList<Long>();
        PassedOn state = null;
        for (var copy : copies) {
            if (state == null || state.verdict(copy) == Verdict.NEXT) {
                state = state == null ? PassedOn.of(copy) : state.then(copy);
                passed.add(copy.offset());
            }
        }
        assertThat(passed).isEqualTo(source);
        assertThat(copies).hasSizeGreaterThan(source.size());
    }

    /** Offsets with gaps, as transactions leave them. */
    private static List<Long> source(Random random) {
        var offsets = new ArrayList<Long>();
        long offset = 0;
        for (int i = 0; i < 2_000; i++) {
            offsets.add(offset);
            offset += 1 + random.nextInt(3);
        }
        return offsets;
    }

    /** As they come to lie in the topic. */
    private static List<Origin> copies(List<Long> source, Random random) {
        var log = new ArrayList<Origin>();
        List<Origin> late = List.of();
        int committed = 0;
        while (committed < source.size()) {
            int end = Math.min(source.size(), committed + 1 + random.nextInt(80));
            var written = written(source.subList(committed, end), random);
            // Who is thought dead may still write while its successor does.
            int inTime = written.size() - random.nextInt(1 + written.size() / 3);
            merge(late, written.subList(0, inTime), log, random);
            late = written.subList(inTime, written.size());
            int acknowledged = acknowledged(written.subList(0, inTime), source, committed);
            committed = acknowledged == source.size()
                    ? acknowledged
                    : committed + random.nextInt(1 + acknowledged - committed);
        }
        return log;
    }

    /** One copier's: now and then one gets lost, and some that were on their way after it don't. */
    private static List<Origin> written(List<Long> offsets, Random random) {
        // Not the first of all: of a source of which nothing was passed on nobody knows where it begins.
        int lost = random.nextInt(3) == 0 ? 1 + random.nextInt(40) : offsets.size();
        var written = new ArrayList<Origin>();
        for (int i = 0; i < Math.min(offsets.size(), lost + 5); i++) {
            if (i != lost) {
                long offset = offsets.get(i);
                written.add(i == 0 ? first(offset) : copy(offset, offsets.get(i - 1)));
            }
        }
        return written;
    }

    /** Index in the source up to which all are in the topic. */
    private static int acknowledged(List<Origin> written, List<Long> source, int from) {
        int index = from;
        for (var copy : written) {
            if (copy.offset() != source.get(index)) {
                break;
            }
            index++;
        }
        return index;
    }

    private static void merge(List<Origin> late, List<Origin> written, List<Origin> log, Random random) {
        int next = 0;
        for (var copy : written) {
            while (next < late.size() && random.nextBoolean()) {
                log.add(late.get(next++));
            }
            log.add(copy);
        }
        log.addAll(late.subList(next, late.size()));
    }
}
