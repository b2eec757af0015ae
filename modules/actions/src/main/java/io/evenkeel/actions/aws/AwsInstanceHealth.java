package io.evenkeel.actions.aws;

import io.evenkeel.actions.InstanceHealth;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingInstanceDetails;

/** DescribeAutoScalingInstances, then SetInstanceHealth: the way that Auto Scaling offers for custom health checks. */
final class AwsInstanceHealth implements InstanceHealth {

    private final AutoScalingClient client;

    AwsInstanceHealth(AutoScalingClient client) {
        this.client = client;
    }

    /** AWS leaves out ids that it does not know, without an error: terminated, or in no group. */
    @Override
    public PreState read(String instanceId) {
        try {
            return client.describeAutoScalingInstances(request -> request.instanceIds(instanceId))
                    .autoScalingInstances()
                    .stream()
                    .filter(instance -> instanceId.equals(instance.instanceId()))
                    .findFirst()
                    .map(AwsInstanceHealth::state)
                    .orElseGet(PreState.Gone::new);
        } catch (SdkException e) {
            return AwsFailures.of(e);
        }
    }

    /** This call spells {@code HEALTHY} where DescribeAutoScalingGroups spells {@code Healthy}. */
    private static PreState state(AutoScalingInstanceDetails instance) {
        var group = instance.autoScalingGroupName();
        var lifecycle = instance.lifecycleState();
        if (lifecycle.startsWith("Terminating") || lifecycle.startsWith("Terminated")) {
            return new PreState.AlreadyUnhealthy(group, lifecycle);
        }
        if (!lifecycle.equals("InService")) {
            return new PreState.NotInService(group, lifecycle);
        }
        return instance.healthStatus().equalsIgnoreCase("Healthy")
                ? new PreState.Healthy(group)
                : new PreState.AlreadyUnhealthy(group, lifecycle);
    }

    @Override
    public Marking markUnhealthy(String instanceId) {
        try {
            client.setInstanceHealth(request -> request.instanceId(instanceId).healthStatus("Unhealthy")
                    .shouldRespectGracePeriod(true));
            return new Marking.Marked();
        } catch (AwsServiceException e) {
            // Known by its text only: "The age of the instance (986 seconds) is less than the configured grace period".
            return AwsFailures.message(e).contains("grace period")
                    ? new Marking.Deferred(AwsFailures.message(e))
                    : AwsFailures.of(e);
        } catch (SdkException e) {
            return AwsFailures.of(e);
        }
    }
}
