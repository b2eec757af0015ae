package io.evenkeel.dashboard.api;

/** What people were told of, or what was decided, and so can be acknowledged. For many threads. */
@FunctionalInterface
public interface Incidents {

    /** What is known of an incident. */
    sealed interface Found {

        /** @param title what it is, in one line */
        record Known(String title) implements Found {}

        /** @param said for whoever asked */
        record Unknown(String said) implements Found {}

        /** @param why it can't be looked up now */
        record NotNow(String why) implements Found {}
    }

    Found find(String incident) throws InterruptedException;
}
