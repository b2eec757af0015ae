package io.evenkeel.cli.pipeline;

import io.evenkeel.actions.aws.AwsAdapters;
import io.evenkeel.cli.config.EvenkeelConfig;
import io.evenkeel.core.facts.ClusterFacts.ScalingGroup;
import io.evenkeel.probe.discovery.AutoScalingGroups;
import io.evenkeel.probe.discovery.GroupInstance;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Auto Scaling as probes ask for it; AWS is asked for nothing, not even a Region, before a group is configured. */
final class Groups implements AutoCloseable, AutoScalingGroups {

    private final Duration callTimeout;
    private @Nullable AwsAdapters aws;

    private Groups(Duration callTimeout) {
        this.callTimeout = callTimeout;
    }

    /** Opens at once what is needed at once, so that a missing Region is told at the start. */
    static Groups of(EvenkeelConfig config) {
        var groups = new Groups(config.actions().times().callTimeout());
        if (config.clusters().stream().anyMatch(cluster -> !cluster.autoScalingGroups().isEmpty())) {
            var _ = groups.opened();
        }
        return groups;
    }

    /** Over what is open already; it closes with this. */
    static Groups over(AwsAdapters aws, Duration callTimeout) {
        var groups = new Groups(callTimeout);
        groups.aws = aws;
        return groups;
    }

    private synchronized AwsAdapters opened() {
        var open = aws;
        if (open == null) {
            open = AwsAdapters.open(callTimeout);
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
    public SortedMap<String, ScalingGroup> states(List<String> names) {
        var states = new TreeMap<String, ScalingGroup>();
        opened().autoScalingGroups().states(names).forEach(
                group -> states.put(group.groupName(), new ScalingGroup(group.suspended(), group.instanceRefresh())));
        return states;
    }

    @Override
    public synchronized void close() {
        if (aws != null) {
            aws.close();
        }
    }
}
