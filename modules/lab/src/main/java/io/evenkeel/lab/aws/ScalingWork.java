package io.evenkeel.lab.aws;

/** What the launcher is to do next for a group. */
sealed interface ScalingWork {
    AutoScalingInstance instance();

    String activityId();

    record Launch(AutoScalingInstance instance, String activityId) implements ScalingWork {}

    record Terminate(AutoScalingInstance instance, String activityId) implements ScalingWork {}
}
