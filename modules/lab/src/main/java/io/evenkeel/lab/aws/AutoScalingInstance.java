package io.evenkeel.lab.aws;

import java.time.Instant;

/**
 * An instance of a group as it is at one moment; one that is gone is not listed.
 *
 * @param id {@code i-} and 17 hexadecimal digits
 * @param healthy what SetInstanceHealth said last; a dead process alone does not make an instance unhealthy
 * @param since when the lifecycle state began
 * @param healthSince when the health status was set last
 */
public record AutoScalingInstance(String id, String groupName, String availabilityZone, Lifecycle lifecycle,
        boolean healthy, Instant since, Instant healthSince) {

    /** The part of AWS's life cycle that a group without hooks and warm pools has. */
    public enum Lifecycle {
        PENDING("Pending"), IN_SERVICE("InService"), TERMINATING("Terminating");

        private final String wireName;

        Lifecycle(String wireName) {
            this.wireName = wireName;
        }

        /** As AWS spells it. */
        public String wireName() {
            return wireName;
        }
    }

    AutoScalingInstance in(Lifecycle next, Instant at) {
        return new AutoScalingInstance(id, groupName, availabilityZone, next, healthy, at, healthSince);
    }

    AutoScalingInstance withHealth(boolean value, Instant at) {
        return new AutoScalingInstance(id, groupName, availabilityZone, lifecycle, value, since, at);
    }
}
