package io.evenkeel.actions;

import java.time.Duration;

/** Time that only waiting moves. */
final class ManualStopwatch implements Attempt.Stopwatch {

    Duration elapsed = Duration.ZERO;

    @Override
    public Duration elapsed() {
        return elapsed;
    }

    @Override
    public void pause(Duration duration) {
        elapsed = elapsed.plus(duration);
    }
}
