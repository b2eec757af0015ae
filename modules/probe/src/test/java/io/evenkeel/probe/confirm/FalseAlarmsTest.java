package io.evenkeel.probe.confirm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class FalseAlarmsTest {

    private static final Duration INTERVAL = Duration.ofSeconds(30);

    private final FalseAlarms alarms = new FalseAlarms(INTERVAL);

    @Test
    void threeMayHappenAtOnceAndMoreOnlyInTime() {
        long now = -1;
        for (int i = 0; i < 3; i++) {
            assertThat(alarms.mayHappen(now)).isTrue();
            alarms.happened(now);
        }

        assertThat(alarms.mayHappen(now)).isFalse();
        assertThat(alarms.mayHappen(now + INTERVAL.multipliedBy(199).toNanos())).isFalse();
        assertThat(alarms.mayHappen(now + INTERVAL.multipliedBy(200).toNanos())).isTrue();
    }

    @Test
    void inTheLongRunTheyAreFewerThanOnePercentOfTheProbes() {
        int probes = 100_000;
        int happened = 0;
        for (int i = 0; i < probes; i++) {
            long now = INTERVAL.multipliedBy(i).toNanos();
            while (alarms.mayHappen(now)) {
                alarms.happened(now);
                happened++;
            }
        }

        assertThat(happened).isBetween(probes / 250, probes / 150);
    }
}
