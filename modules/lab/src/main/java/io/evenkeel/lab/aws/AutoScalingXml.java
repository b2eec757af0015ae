package io.evenkeel.lab.aws;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.UUID;

/** Auto Scaling's structures in XML. */
final class AutoScalingXml {
    private static final String INSTANCE_TYPE = "m7g.large";

    private AutoScalingXml() {}

    static void group(XmlWriter out, AutoScalingGroup.Snapshot group, String arnPrefix) {
        var spec = group.spec();
        out.text("AutoScalingGroupName", spec.name())
                .text("AutoScalingGroupARN", arnPrefix + ":autoScalingGroup:"
                        + new UUID(0, spec.name().hashCode()) + ":autoScalingGroupName/" + spec.name())
                .text("MinSize", spec.min()).text("MaxSize", spec.max()).text("DesiredCapacity", group.desired())
                .text("DefaultCooldown", 300)
                .texts("AvailabilityZones", "member", spec.zones())
                .text("HealthCheckType", "EC2")
                .text("HealthCheckGracePeriod", spec.gracePeriod().toSeconds())
                .list("Instances", "member", group.instances(), AutoScalingXml::instanceOfGroup)
                .text("CreatedTime", millis(group.created()))
                .list("SuspendedProcesses", "member", group.suspended(),
                        (entry, process) -> entry.text("ProcessName", process).text("SuspensionReason",
                                "User suspended at " + seconds(group.created())))
                .list("Tags", "member", new TreeMap<>(spec.tags()).entrySet(),
                        (entry, tag) -> entry.text("ResourceId", spec.name())
                                .text("ResourceType", "auto-scaling-group").text("Key", tag.getKey())
                                .text("Value", tag.getValue()).text("PropagateAtLaunch", true))
                .texts("TerminationPolicies", "member", List.of("Default"))
                .text("NewInstancesProtectedFromScaleIn", false);
    }

    private static void instanceOfGroup(XmlWriter out, AutoScalingInstance instance) {
        common(out, instance).text("HealthStatus", instance.healthy() ? "Healthy" : "Unhealthy");
    }

    /** DescribeAutoScalingInstances spells the health status in capitals, DescribeAutoScalingGroups does not. */
    static void instance(XmlWriter out, AutoScalingInstance instance) {
        common(out, instance).text("AutoScalingGroupName", instance.groupName()).text("HealthStatus",
                (instance.healthy() ? "Healthy" : "Unhealthy").toUpperCase(Locale.ROOT));
    }

    private static XmlWriter common(XmlWriter out, AutoScalingInstance instance) {
        return out.text("InstanceId", instance.id()).text("InstanceType", INSTANCE_TYPE)
                .text("AvailabilityZone", instance.availabilityZone())
                .text("LifecycleState", instance.lifecycle().wireName()).text("ProtectedFromScaleIn", false);
    }

    static void activity(XmlWriter out, String groupName, ScalingActivity activity) {
        var end = activity.end();
        out.text("ActivityId", activity.id()).text("AutoScalingGroupName", groupName)
                .text("Description", activity.description()).text("Cause", activity.cause())
                .text("StartTime", millis(activity.start())).textIfPresent("EndTime", end == null ? null : millis(end))
                .text("StatusCode", activity.status().wireName())
                .textIfPresent("StatusMessage", activity.message().isEmpty() ? null : activity.message())
                .text("Progress", activity.status().progress())
                .text("Details", "{\"Availability Zone\":\"" + activity.zone() + "\"}");
    }

    static String seconds(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    static String millis(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
