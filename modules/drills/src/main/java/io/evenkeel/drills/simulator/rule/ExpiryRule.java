package io.evenkeel.drills.simulator.rule;

/** Rule 8: one decision maker, and a decision on old evidence expires. */
final class ExpiryRule extends Rule {

    /** A process knows the time from ticks, of which the newest may be 2 s old; and a tick takes its time. Milliseconds. */
    private static final long CLOCK = 3_000;

    ExpiryRule() {
        super(8, "a decision on old evidence expires");
    }

    @Override
    void on(Happening happening, long now) {
        if (happening instanceof Happening.Called(var claim)) {
            long late = now - claim.request().expiresAt().toEpochMilli();
            require(late <= CLOCK, "AWS was called for " + claim.request().id() + " " + late + " ms after it expired");
        }
    }
}
