package io.evenkeel.actions;

/** Why a call to AWS brought no result; shared by all ports. */
public sealed interface CallFailure
        extends
            InstanceHealth.PreState,
            InstanceHealth.Marking,
            TrafficSwitch.Position,
            TrafficSwitch.Switching,
            TrafficSwitch.Verification,
            Announcements.Acceptance {

    /** One line for people: AWS' error code and message, or what the connection said. */
    String detail();

    /** AWS refused it for now (rate limit, contention, a change in progress): nothing was done, it may be tried again. */
    record Throttled(String detail) implements CallFailure {}

    /** AWS refused it (permission, unknown resource, invalid request): nothing was done, trying again will not help. */
    record Denied(String detail) implements CallFailure {}

    /** No answer, or a server error: a changing call <em>may have happened</em>; only a re-read can tell. */
    record Unavailable(String detail, Throwable cause) implements CallFailure {}
}
