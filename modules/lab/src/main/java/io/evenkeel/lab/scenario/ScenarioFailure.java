package io.evenkeel.lab.scenario;

/** A stage did not come, or something happened that must not; the message says which. */
public final class ScenarioFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ScenarioFailure(String message) {
        super(message);
    }
}
