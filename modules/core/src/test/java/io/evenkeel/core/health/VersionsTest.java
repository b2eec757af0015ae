package io.evenkeel.core.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class VersionsTest {

    private static final Instant AT = Instant.ofEpochSecond(1_000, 7_999);
    private static final long MICROS = 1_000_000_007L;

    @Test
    void aVersionIsTheTimeSoThatItGrowsAlsoAfterALossOfState() {
        assertThat(Versions.next(0, AT)).isEqualTo(MICROS);
        assertThat(Versions.next(MICROS - 1, AT)).isEqualTo(MICROS);
    }

    @Test
    void aVersionGrowsWhereTimeDoesNot() {
        assertThat(Versions.next(MICROS, AT)).isEqualTo(MICROS + 1);
        assertThat(Versions.next(MICROS, AT.minusSeconds(5))).isEqualTo(MICROS + 1);
    }
}
