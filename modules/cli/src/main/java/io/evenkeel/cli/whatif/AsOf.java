package io.evenkeel.cli.whatif;

import io.evenkeel.cli.explain.Times;
import io.evenkeel.core.whatif.Present;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;

/** How old it is what the answer rests on. */
record AsOf(Present present, Instant now) {

    /** DECISION commits once a second, and hears a tick as often. */
    private static final Duration FRESH = Duration.ofSeconds(10);

    boolean isOld() {
        return Duration.between(present.asOf(), now).compareTo(FRESH) > 0;
    }

    void warn(PrintWriter err) {
        if (isOld()) {
            err.println("as of " + present.asOf() + ", " + Times.relative(present.asOf(), now)
                    + ": does the pipeline not run? What happened since is not in this answer");
            err.flush();
        }
    }

    @Override
    public String toString() {
        return "as of " + present.asOf() + ", " + Times.relative(present.asOf(), now) + "; policy "
                + present.policies().revision();
    }
}
