package io.evenkeel.actions.aws;

import java.util.Collection;
import java.util.List;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;

/** Which instances Auto Scaling groups have, for discovery. */
public final class AwsAutoScalingGroups {

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
}
