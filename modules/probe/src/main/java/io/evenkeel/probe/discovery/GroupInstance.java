package io.evenkeel.probe.discovery;

/**
 * An instance of an Auto Scaling group.
 *
 * @param lifecycleState AWS's word: {@code InService}, {@code Terminating}, {@code Terminating:Wait}, ...
 * @param healthStatus AWS's word: {@code Healthy} or {@code Unhealthy}
 */
public record GroupInstance(String instanceId, String groupName, String availabilityZone, String lifecycleState,
        String healthStatus) {

    /** On its way out by the group's own plan; there is no way back from these states. */
    boolean terminating() {
        return lifecycleState.startsWith("Terminating");
    }

    boolean terminated() {
        return lifecycleState.equals("Terminated");
    }
}
