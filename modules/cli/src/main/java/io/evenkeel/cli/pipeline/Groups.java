package io.evenkeel.cli.pipeline;

import io.evenkeel.actions.ActionTimes;
import io.evenkeel.actions.aws.AwsAdapters;
import io.evenkeel.cli.config.EvenkeelConfig;
import io.evenkeel.probe.discovery.AutoScalingGroups;
import io.evenkeel.probe.discovery.GroupInstance;
import java.util.Optional;

/**
 * Auto Scaling for an agent; AWS is asked for nothing, not even a Region, where no group is configured.
 *
 * @param aws what was opened for it
 */
record Groups(Optional<AwsAdapters> aws) implements AutoCloseable {

    static Groups of(EvenkeelConfig config) {
        boolean wanted = config.clusters().stream().anyMatch(cluster -> !cluster.autoScalingGroups().isEmpty());
        return new Groups(wanted ? Optional.of(AwsAdapters.open(ActionTimes.DEFAULT.callTimeout())) : Optional.empty());
    }

    /** The same listing, under the name that each side has for it: siblings don't know each other. */
    AutoScalingGroups listing() {
        return aws.<AutoScalingGroups>map(adapters -> names -> adapters.autoScalingGroups().instances(names).stream()
                .map(instance -> new GroupInstance(instance.instanceId(), instance.groupName(),
                        instance.availabilityZone(), instance.lifecycleState(), instance.healthStatus()))
                .toList()).orElse(AutoScalingGroups.NONE);
    }

    @Override
    public void close() {
        aws.ifPresent(AwsAdapters::close);
    }
}
