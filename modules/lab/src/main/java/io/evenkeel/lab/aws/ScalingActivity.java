package io.evenkeel.lab.aws;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One entry of a group's activity history; {@code end} and {@code message} come with the result. */
record ScalingActivity(String id, String instanceId, String zone, String description, String cause, Instant start,
        @Nullable Instant end, Status status, String message) {

    enum Status {
        IN_PROGRESS("InProgress", 50), SUCCESSFUL("Successful", 100), FAILED("Failed", 100);

        private final String wireName;
        private final int progress;

        Status(String wireName, int progress) {
            this.wireName = wireName;
            this.progress = progress;
        }

        String wireName() {
            return wireName;
        }

        int progress() {
            return progress;
        }
    }

    ScalingActivity ended(Status result, String text, Instant at) {
        return new ScalingActivity(id, instanceId, zone, description, cause, start, at, result, text);
    }
}
