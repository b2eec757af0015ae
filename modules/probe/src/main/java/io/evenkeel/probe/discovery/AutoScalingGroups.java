package io.evenkeel.probe.discovery;

import java.util.List;

/** What Auto Scaling says is there. */
@FunctionalInterface
public interface AutoScalingGroups {

    /** For where no groups are configured. */
    AutoScalingGroups NONE = _ -> List.of();

    /**
     * All instances of these groups, in every lifecycle state. May block for seconds.
     *
     * @throws RuntimeException when the list can't be had whole: then nothing is concluded from it
     */
    List<GroupInstance> instances(List<String> groupNames);
}
