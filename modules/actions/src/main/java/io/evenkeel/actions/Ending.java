package io.evenkeel.actions;

import io.evenkeel.core.action.ActionOutcome.Status;

/** How an attempt ended. */
record Ending(Status status, String detail) {
    Ending {
        if (!status.isEnd()) {
            throw new IllegalArgumentException("an attempt cannot end as " + status);
        }
    }

    /** With one thing more for people to know; an empty one changes nothing. */
    Ending noting(String more) {
        return more.isEmpty() ? this : new Ending(status, detail + "; " + more);
    }
}
