package io.evenkeel.actions;

/** Where announcements go. Calls block up to the adapter's call time-out and return their failures. */
public interface Announcements {

    /** To people: an SNS topic. */
    Acceptance publish(Announcement announcement);

    /** To other systems: an EventBridge bus. */
    Acceptance put(Announcement announcement);

    /** Whether it was taken. */
    sealed interface Acceptance
            permits Acceptance.Accepted, Acceptance.NotConfigured, Acceptance.Rejected, CallFailure {

        /** @param id the id that AWS gave it */
        record Accepted(String id) implements Acceptance {}

        /** There is no such channel here. */
        record NotConfigured() implements Acceptance {}

        /** This message can never be taken (too large, malformed); others may. */
        record Rejected(String detail) implements Acceptance {}
    }
}
