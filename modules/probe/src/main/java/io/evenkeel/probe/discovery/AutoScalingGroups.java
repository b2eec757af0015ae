package io.evenkeel.probe.discovery;

import io.evenkeel.core.facts.ClusterFacts.ScalingGroup;
import java.util.List;
import java.util.SortedMap;

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

    /**
     * What goes on in these groups, by name; one that AWS does not know is left out. May block for seconds.
     *
     * @throws RuntimeException when it can't be had whole
     */
    default SortedMap<String, ScalingGroup> states(List<String> groupNames) {
        throw new IllegalStateException("nobody here can ask Auto Scaling");
    }
}
