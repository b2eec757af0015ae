package io.evenkeel.cli.pipeline;

import io.evenkeel.actions.ActionTimes;
import io.evenkeel.actions.aws.AwsAdapters;
import io.evenkeel.cli.config.EvenkeelConfig;
import io.evenkeel.probe.discovery.AutoScalingGroups;
import io.evenkeel.probe.discovery.GroupInstance;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Auto Scaling for an agent; AWS is asked for nothing, not even a Region, before a group is configured. */
final class Groups implements AutoCloseable, AutoScalingGroups {

    private @Nullable AwsAdapters aws;

    /** Opens at once what is needed at once, so that a missing Region is told at the start. */
    static Groups of(EvenkeelConfig config) {
        var groups = new Groups();
        if (config.clusters().stream().anyMatch(cluster -> !cluster.autoScalingGroups().isEmpty())) {
            var _ = groups.opened();
        }
        return groups;
    }

    private synchronized AwsAdapters opened() {
        var open = aws;
        if (open == null) {
            open = AwsAdapters.open(ActionTimes.DEFAULT.callTimeout());
            aws = open;
        }
        return open;
    }

    /** The same listing, under the name that each side has for it: siblings don't know each other. */
    @Override
    public List<GroupInstance> instances(List<String> names) {
        return opened().autoScalingGroups().instances(names).stream()
                .map(instance -> new GroupInstance(instance.instanceId(), instance.groupName(),
                        instance.availabilityZone(), instance.lifecycleState(), instance.healthStatus()))
                .toList();
    }

    @Override
    public synchronized void close() {
        if (aws != null) {
            aws.close();
        }
    }
}
