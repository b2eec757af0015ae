package io.evenkeel.dashboard.api;

import io.evenkeel.core.decision.Intent;
import java.time.Instant;
import java.util.Comparator;

/** A silence as the API shows it. */
record Silence(String subject, String by, String reason, Instant setAt, Instant until) {

    static final Comparator<Silence> SOONEST_OVER_FIRST = Comparator.comparing(Silence::until)
            .thenComparing(Silence::subject);

    static Silence of(Intent intent) {
        return new Silence(intent.subject(), intent.by(), intent.reason(), intent.setAt(), intent.expiresAt());
    }
}
