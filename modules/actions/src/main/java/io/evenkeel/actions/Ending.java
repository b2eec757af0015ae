package io.evenkeel.actions;

import io.evenkeel.core.action.ActionOutcome.Status;

/** How an attempt ended. */
record Ending(Status status, String detail) {
    Ending {
        if (!status.isEnd()) {
            throw new IllegalArgumentException("an attempt cannot end as " + status);
        }
    }
}
