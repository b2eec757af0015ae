package io.evenkeel.topology.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TopologyMetersTest {

    private static final String PUBLISHERS = "evenkeel.topology.rerouted.results";
    private static final long T0 = 1_700_000_000_000L;

    private final AtomicLong wall = new AtomicLong(T0);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, new Clock() {
        @Override
        public long wallTime() {
            return wall.get();
        }

        @Override
        public long monotonicTime() {
            return wall.get() * 1_000_000;
        }
    });
    private final TopologyMeters meters = new TopologyMeters(registry);

    private double rerouted(String publisher) {
        return registry.get(PUBLISHERS).tag("publisher", publisher).counter().count();
    }

    private double lag() {
        return registry.get("evenkeel.health.lag").gauge().value();
    }

    @Test
    void aHundredPublishersHaveACounterEachAndAllLaterOnesShareOne() {
        IntStream.range(0, 250).forEach(i -> meters.rerouted("agent-" + i));
        meters.rerouted("agent-0");
        meters.rerouted("agent-249");
        assertThat(registry.find(PUBLISHERS).counters()).hasSize(101);
        assertThat(rerouted("agent-0")).isEqualTo(2);
        assertThat(rerouted("agent-99")).isEqualTo(1);
        assertThat(rerouted("other")).isEqualTo(151);
    }

    @Test
    void aPublisherWithoutANameIsCountedAndALongNameIsCut() {
        meters.rerouted("");
        meters.rerouted("x".repeat(10_000));
        assertThat(rerouted("unnamed")).isEqualTo(1);
        assertThat(rerouted("x".repeat(128))).isEqualTo(1);
    }

    @Test
    void strangersAreBoundedToo() {
        IntStream.range(0, 150).forEach(i -> meters.health().stranger("vantage-" + i));
        assertThat(registry.get("evenkeel.health.strangers").tag("vantage", "other").counter().count()).isEqualTo(50);
    }

    @Test
    void deadLettersAreCountedByTopicAndReason() {
        meters.deadLetter("a", "BAD_BODY");
        meters.deadLetter("a", "BAD_BODY");
        meters.deadLetter("a", "REJECTED");
        assertThat(registry.get("evenkeel.topology.dead.letters").tags("topic", "a", "reason", "BAD_BODY").counter()
                .count()).isEqualTo(2);
    }

    @Test
    void resultsAreCountedWithoutALabel() {
        IntStream.range(0, 3).forEach(_ -> meters.health().result());
        var counter = registry.get("evenkeel.health.results").functionCounter();
        assertThat(counter.count()).isEqualTo(3);
        assertThat(counter.getId()).extracting(Meter.Id::getTags).asInstanceOf(
                org.assertj.core.api.InstanceOfAssertFactories.LIST).isEmpty();
    }

    @Test
    void theLagIsThatOfThePartitionFurthestBehindAndGrowsWhileNoTickComes() {
        assertThat(lag()).as("no partition").isNaN();
        var first = meters.health().open();
        var second = meters.health().open();
        first.tick(T0);
        second.tick(T0 - 600_000);
        assertThat(lag()).isEqualTo(600);
        second.tick(T0);
        wall.addAndGet(2_500);
        assertThat(lag()).isEqualTo(2.5);
        first.tick(T0 + 2_000);
        second.close();
        assertThat(lag()).as("read elsewhere now").isEqualTo(0.5);
    }

    @Test
    void aPartitionThatNeverMovesShowsFromItsOpening() {
        var stuck = meters.health().open();
        wall.addAndGet(7_000);
        assertThat(lag()).isEqualTo(7);
        stuck.close();
        assertThat(lag()).isNaN();
    }

    @Test
    void aBrokersClockAheadOfOursIsNoNegativeLag() {
        meters.health().open().tick(T0 + 5_000);
        assertThat(lag()).isZero();
    }
}
