package io.evenkeel.channels.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private static SortedSet<Long> offsets(Long... offsets) {
        return new TreeSet<>(List.of(offsets));
    }

    @Test
    void whereNothingWaitsItIsAPlainOffset() {
        assertThat(new Progress(7, offsets()).committed()).isEqualTo(new OffsetAndMetadata(7));
        assertThat(Progress.of(new OffsetAndMetadata(7))).isEqualTo(new Progress(7, offsets()));
    }

    @Test
    void whatWaitsIsCommittedAndWhatWasSentAfterItIsKnownToBeDone() {
        var progress = new Progress(1_000_040, offsets(1_000_000L, 1_000_003L, 1_000_039L));
        var committed = progress.committed();
        assertThat(committed.offset()).isEqualTo(1_000_000);
        assertThat(Progress.of(committed)).isEqualTo(progress);
        assertThat(progress.isDone(1_000_001)).isTrue();
        assertThat(progress.isDone(1_000_003)).isFalse();
        assertThat(progress.isDone(1_000_040)).isFalse();
    }

    @Test
    void whatWaitedIsKeptUntilItIsReadAgain() {
        var restored = new Progress(20, offsets(10L, 12L, 15L));
        assertThat(restored.at(11, offsets(10L))).isEqualTo(new Progress(20, offsets(10L, 12L, 15L)));
        assertThat(restored.at(13, offsets())).isEqualTo(new Progress(20, offsets(15L)));
        assertThat(restored.at(25, offsets(22L))).isEqualTo(new Progress(25, offsets(22L)));
    }

    @Test
    void anOffsetThatAToolSetIsReadFromThere() {
        assertThat(Progress.of(new OffsetAndMetadata(5, "reset by hand"))).isEqualTo(new Progress(5, offsets()));
    }

    @Test
    void aFullLaneFitsIntoWhatABrokerAllows() {
        var many = new TreeSet<Long>();
        for (int i = 0; i < Lane.MAX_WAITING + 10; i++) {
            many.add(1L << 40 | (long) i << 30);
        }
        assertThat(new Progress(1L << 41, many).committed().metadata()).hasSizeLessThan(4_096);
    }
}
