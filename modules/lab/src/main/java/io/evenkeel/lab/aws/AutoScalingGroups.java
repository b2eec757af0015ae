package io.evenkeel.lab.aws;

import io.evenkeel.lab.aws.AutoScalingInstance.Lifecycle;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The groups of the account and the rules of Auto Scaling's calls. Safe for any thread; refuses with AWS's errors. */
final class AutoScalingGroups {
    /** SuspendProcesses (API reference): these, and all of them if none is named. */
    private static final Set<String> PROCESSES = Set.of("Launch", "Terminate", "AddToLoadBalancer",
            "AlarmNotification", "AZRebalance", "HealthCheck", "InstanceRefresh", "ReplaceUnhealthy",
            "ScheduledActions");

    private final Map<String, AutoScalingGroup> groups = new LinkedHashMap<>();
    private final InstantSource clock;
    private final Duration replacementDelay;

    AutoScalingGroups(InstantSource clock, Duration replacementDelay) {
        this.clock = clock;
        this.replacementDelay = replacementDelay;
    }

    synchronized CompletableFuture<Void> define(AutoScalingGroupSpec spec) {
        if (groups.containsKey(spec.name())) {
            throw new IllegalArgumentException("group exists: " + spec.name());
        }
        var group = new AutoScalingGroup(spec, clock.instant());
        groups.put(spec.name(), group);
        if (spec.desired() == 0) {
            group.atDesired().complete(null);
        }
        return group.atDesired().copy();
    }

    synchronized List<AutoScalingGroup.Snapshot> snapshots() {
        return groups.values().stream().map(AutoScalingGroup::snapshot).toList();
    }

    synchronized List<AutoScalingInstance> instances() {
        return groups.values().stream().flatMap(group -> group.instances().values().stream()).toList();
    }

    synchronized List<ScalingActivity> activities(String groupName) {
        return group(groupName).activities();
    }

    /** Activities of all groups, newest first, each with the name of its group. */
    synchronized List<Map.Entry<String, ScalingActivity>> allActivities() {
        var all = new ArrayList<Map.Entry<String, ScalingActivity>>();
        groups.forEach((name, group) -> group.activities().forEach(activity -> all.add(Map.entry(name, activity))));
        all.sort((a, b) -> b.getValue().start().compareTo(a.getValue().start()));
        return all;
    }

    synchronized void setHealth(String instanceId, String status, boolean respectGrace) {
        var group = groupOf(instanceId);
        var instance = instanceOf(group, instanceId);
        var now = clock.instant();
        if (instance.lifecycle() == Lifecycle.TERMINATING) {
            throw AwsFault.validation("Instance " + instanceId + " is already terminating.");
        }
        switch (status) {
            case "Unhealthy" -> {
                if (respectGrace) {
                    refuseInGrace(group, instance, now);
                }
                if (instance.healthy()) {
                    group.instances().put(instanceId, instance.withHealth(false, now));
                }
            }
            case "Healthy" -> {
                if (!instance.healthy() && !group.suspended().contains("ReplaceUnhealthy")
                        && !group.suspended().contains("Terminate")) {
                    throw AwsFault.validation("Instance " + instanceId + " is already being replaced.");
                }
                group.instances().put(instanceId, instance.withHealth(true, now));
            }
            default -> throw AwsFault.validation("HealthStatus must be Healthy or Unhealthy, was " + status);
        }
    }

    /** The text is AWS's own (aws/aws-cli#171). */
    private static void refuseInGrace(AutoScalingGroup group, AutoScalingInstance instance, Instant now) {
        long age = instance.lifecycle() == Lifecycle.PENDING ? 0 : Duration.between(instance.since(), now).toSeconds();
        long grace = group.spec().gracePeriod().toSeconds();
        if (age < grace) {
            throw AwsFault.validation(String.format(Locale.ROOT,
                    "The age of the instance (%d seconds) is less than the configured grace period of %d seconds", age,
                    grace));
        }
    }

    synchronized void suspend(String groupName, Collection<String> processes) {
        group(groupName).suspended().addAll(processesOrAll(processes));
    }

    synchronized void resume(String groupName, Collection<String> processes) {
        group(groupName).suspended().removeAll(processesOrAll(processes));
    }

    private static Collection<String> processesOrAll(Collection<String> processes) {
        for (var process : processes) {
            if (!PROCESSES.contains(process)) {
                throw AwsFault.validation("Invalid scaling process type: " + process);
            }
        }
        return processes.isEmpty() ? PROCESSES : processes;
    }

    synchronized void setDesired(String groupName, int desired) {
        var group = group(groupName);
        if (desired > group.spec().max()) {
            throw AwsFault.validation("New SetDesiredCapacity value " + desired + " is above max value "
                    + group.spec().max() + " for the AutoScalingGroup.");
        }
        if (desired < group.spec().min()) {
            throw AwsFault.validation("New SetDesiredCapacity value " + desired + " is below min value "
                    + group.spec().min() + " for the AutoScalingGroup.");
        }
        group.desire(desired);
    }

    /** Takes the instance out of service at once; returns its group's name. */
    synchronized String terminate(String instanceId, boolean decrement) {
        var group = groupOf(instanceId);
        var instance = instanceOf(group, instanceId);
        if (instance.lifecycle() != Lifecycle.IN_SERVICE) {
            throw new AwsFault(400, "ScalingActivityInProgress",
                    "Scaling activities are in progress for instance " + instanceId + ".");
        }
        if (decrement) {
            if (group.desired() - 1 < group.spec().min()) {
                throw AwsFault.validation("Currently, desiredSize equals minSize (" + group.spec().min()
                        + "). Terminating instance without replacement will violate group's min size constraint."
                        + " Either set shouldDecrementDesiredCapacity flag to false or lower group's min size.");
            }
            group.desire(group.desired() - 1);
        }
        group.retire(instance, "instance " + instanceId + " was taken out of service in response to a user request.",
                clock.instant());
        return group.spec().name();
    }

    synchronized List<ScalingWork> dueWork() {
        var now = clock.instant();
        return groups.values().stream().flatMap(group -> group.dueWork(now, replacementDelay).stream()).toList();
    }

    synchronized void launched(ScalingWork.Launch launch) {
        group(launch.instance().groupName()).launched(launch, clock.instant());
    }

    synchronized void terminated(ScalingWork.Terminate terminate) {
        group(terminate.instance().groupName()).terminated(terminate, clock.instant());
    }

    synchronized void failed(ScalingWork work, String reason) {
        var now = clock.instant();
        group(work.instance().groupName()).failed(work, reason, now.plus(replacementDelay), now);
    }

    private AutoScalingGroup group(String name) {
        return Optional.ofNullable(groups.get(name)).orElseThrow(
                () -> AwsFault.validation("AutoScalingGroup name not found - no such group: " + name));
    }

    private AutoScalingGroup groupOf(String instanceId) {
        return groups.values().stream().filter(group -> group.instances().containsKey(instanceId)).findFirst()
                .orElseThrow(() -> notFound(instanceId));
    }

    private static AutoScalingInstance instanceOf(AutoScalingGroup group, String instanceId) {
        return Optional.ofNullable(group.instances().get(instanceId)).orElseThrow(() -> notFound(instanceId));
    }

    private static AwsFault notFound(String instanceId) {
        return AwsFault.validation("Instance Id not found - No managed instance found for instance ID " + instanceId);
    }
}
