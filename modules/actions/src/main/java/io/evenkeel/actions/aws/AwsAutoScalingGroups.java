package io.evenkeel.actions.aws;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.InstanceRefresh;
import software.amazon.awssdk.services.autoscaling.model.SuspendedProcess;

/** Which instances Auto Scaling groups have, for discovery; what goes on in them, for facts. */
public final class AwsAutoScalingGroups {

    /** Statuses of an instance refresh that is over (Auto Scaling API reference, InstanceRefresh). */
    private static final Set<String> OVER = Set.of("Successful", "Failed", "Cancelled", "RollbackSuccessful",
            "RollbackFailed");

    private final AutoScalingClient client;

    AwsAutoScalingGroups(AutoScalingClient client) {
        this.client = client;
    }

    /**
     * An instance as its group lists it.
     *
     * @param lifecycleState AWS' word, such as {@code InService} or {@code Terminating:Wait}
     * @param healthStatus {@code Healthy} or {@code Unhealthy}; compare without regard to case
     */
    public record GroupInstance(String instanceId, String groupName, String availabilityZone, String lifecycleState,
            String healthStatus) {}

    /**
     * All instances of the groups, page by page; groups that AWS does not know are left out.
     *
     * @throws software.amazon.awssdk.core.exception.SdkException when AWS cannot be asked or refuses
     */
    public List<GroupInstance> instances(Collection<String> groupNames) {
        if (groupNames.isEmpty()) {
            // No names would mean every group of the account.
            return List.of();
        }
        return client.describeAutoScalingGroupsPaginator(request -> request.autoScalingGroupNames(groupNames))
                .autoScalingGroups()
                .stream()
                .flatMap(group -> group.instances()
                        .stream()
                        .map(instance -> new GroupInstance(instance.instanceId(), group.autoScalingGroupName(),
                                instance.availabilityZone(), instance.lifecycleStateAsString(),
                                instance.healthStatus())))
                .toList();
    }

    /**
     * What goes on in a group.
     *
     * @param suspended names of suspended processes
     * @param instanceRefresh status of a refresh that is not over; empty when there is none
     */
    public record GroupState(String groupName, List<String> suspended, String instanceRefresh) {}

    /**
     * What goes on in the groups; those that AWS does not know are left out.
     *
     * @throws software.amazon.awssdk.core.exception.SdkException when AWS cannot be asked or refuses
     */
    public List<GroupState> states(Collection<String> groupNames) {
        if (groupNames.isEmpty()) {
            return List.of();
        }
        return client.describeAutoScalingGroupsPaginator(request -> request.autoScalingGroupNames(groupNames))
                .autoScalingGroups().stream()
                .map(group -> new GroupState(group.autoScalingGroupName(),
                        group.suspendedProcesses().stream().map(SuspendedProcess::processName).toList(),
                        refresh(group.autoScalingGroupName())))
                .toList();
    }

    /** AWS lists the newest first. */
    private String refresh(String group) {
        return client.describeInstanceRefreshes(request -> request.autoScalingGroupName(group).maxRecords(1))
                .instanceRefreshes().stream().map(InstanceRefresh::statusAsString)
                .filter(status -> !OVER.contains(status)).findFirst().orElse("");
    }
}
