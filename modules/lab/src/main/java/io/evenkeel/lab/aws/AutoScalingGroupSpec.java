package io.evenkeel.lab.aws;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * An Auto Scaling group as it is created.
 *
 * @param desired between min and max
 * @param zones availability zone names, at least one; instances are spread over them evenly
 * @param gracePeriod after InService, in which SetInstanceHealth is refused unless it says otherwise
 */
public record AutoScalingGroupSpec(String name, int min, int max, int desired, List<String> zones, Duration gracePeriod,
        Map<String, String> tags) {

    public AutoScalingGroupSpec {
        if (name.isBlank() || zones.isEmpty()) {
            throw new IllegalArgumentException("a group needs a name and a zone, was '" + name + "' in " + zones);
        }
        if (min < 0 || desired < min || desired > max) {
            throw new IllegalArgumentException(
                    "0 <= min <= desired <= max must hold, was " + min + ", " + desired + ", " + max);
        }
        if (gracePeriod.isNegative()) {
            throw new IllegalArgumentException("gracePeriod must be >= 0, was " + gracePeriod);
        }
        zones = List.copyOf(zones);
        tags = Map.copyOf(tags);
    }
}
