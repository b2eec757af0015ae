package io.evenkeel.channels.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    @Test
    void secondsAndDatesAreUnderstood() {
        assertThat(RetryAfter.of(" 120 ", Receiver.NOW)).contains(Duration.ofMinutes(2));
        assertThat(RetryAfter.of("Sun, 22 Nov 2026 10:20:10 GMT", Receiver.NOW)).contains(Duration.ofSeconds(10));
    }

    @Test
    void theFarFutureIsAnHourAndThePastIsNow() {
        assertThat(RetryAfter.of("999999999", Receiver.NOW)).contains(Duration.ofHours(1));
        assertThat(RetryAfter.of("Mon, 22 Nov 2027 10:20:10 GMT", Receiver.NOW)).contains(Duration.ofHours(1));
        assertThat(RetryAfter.of("Sat, 22 Nov 2025 10:20:10 GMT", Receiver.NOW)).contains(Duration.ZERO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1", "1.5", "99999999999999999999", "Sun, 99 Nov 2026 10:20:10 GMT"})
    void whatCannotBeUnderstoodSaysNothing(String header) {
        assertThat(RetryAfter.of(header, Receiver.NOW)).isEmpty();
    }
}
