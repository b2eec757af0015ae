package io.evenkeel.dashboard.model;

import io.evenkeel.core.alert.Alert;
import io.evenkeel.core.decision.Intent;
import java.util.List;
import java.util.Optional;

/** What fires and what is silenced. For many threads. */
public interface Picture {

    /**
     * All of one moment.
     *
     * @param firing alerts that fire, in no order
     * @param silences those that hold, in no order
     */
    record Seen(List<Alert> firing, List<Intent> silences) {
        public Seen {
            firing = List.copyOf(firing);
            silences = List.copyOf(silences);
        }
    }

    /** With all that was written before this call; empty where that can't be known now. */
    Optional<Seen> now() throws InterruptedException;
}
