package io.evenkeel.lab.aws;

import io.evenkeel.lab.aws.AutoScalingInstance.Lifecycle;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * One group: its instances, and what has to happen for them to become what is desired. Not safe for threads: {@link
 * AutoScalingGroups} holds the lock.
 *
 * <pre>
 * Pending -- launched --> InService -- unhealthy, scale-in or user request --> Terminating -- terminated --> gone
 *    \-- launch failed --> gone, another one after a pause                        \-- failed --> tried again after a pause
 * </pre>
 */
final class AutoScalingGroup {
    private static final int KEPT_ACTIVITIES = 500;

    private final AutoScalingGroupSpec spec;
    private final Instant created;
    private final Map<String, AutoScalingInstance> instances = new LinkedHashMap<>();
    private final Map<String, Instant> terminationsDue = new LinkedHashMap<>();
    private final Map<String, String> terminationCauses = new LinkedHashMap<>();
    private final List<ScalingActivity> activities = new ArrayList<>();
    private final Set<String> suspended = new TreeSet<>();
    private final CompletableFuture<Void> atDesired = new CompletableFuture<>();
    private int desired;
    private int owedReplacements;
    private Instant nextLaunch;

    AutoScalingGroup(AutoScalingGroupSpec spec, Instant now) {
        this.spec = spec;
        this.created = now;
        this.desired = spec.desired();
        this.nextLaunch = now;
    }

    /**
     * What is due at {@code now}. Each piece is handed out once, and its end reported to {@code launched}, {@code terminated} or
     * {@code failed}.
     */
    List<ScalingWork> dueWork(Instant now, Duration replacementDelay) {
        retireUnhealthy(now, replacementDelay);
        retireSurplus(now);
        var due = new ArrayList<ScalingWork>();
        startTerminations(now, due);
        startLaunches(now, due);
        return due;
    }

    private void retireUnhealthy(Instant now, Duration delay) {
        if (suspended.contains("ReplaceUnhealthy") || suspended.contains("Terminate") || suspended.contains("Launch")) {
            return;
        }
        for (var instance : List.copyOf(instances.values())) {
            if (instance.lifecycle() == Lifecycle.IN_SERVICE && !instance.healthy()
                    && !now.isBefore(instance.healthSince().plus(delay))) {
                owedReplacements++;
                retire(instance, "an instance was taken out of service in response to a user health-check.", now);
            }
        }
    }

    private void retireSurplus(Instant now) {
        int surplus = count(Lifecycle.PENDING) + count(Lifecycle.IN_SERVICE) - desired;
        if (surplus <= 0 || suspended.contains("Terminate")) {
            return;
        }
        var oldestOfFullestZone = Comparator
                .<AutoScalingInstance>comparingLong(instance -> -living(instance.availabilityZone()))
                .thenComparing(AutoScalingInstance::since);
        instances.values().stream().filter(instance -> instance.lifecycle() == Lifecycle.IN_SERVICE)
                .min(oldestOfFullestZone)
                .ifPresent(instance -> {
                    retire(instance, "an instance was taken out of service in response to a difference between desired"
                            + " and actual capacity, shrinking the capacity to " + desired + ".", now);
                    retireSurplus(now);
                });
    }

    /** Takes an instance out of service; the launcher is told with the next due work. */
    void retire(AutoScalingInstance instance, String cause, Instant now) {
        instances.put(instance.id(), instance.in(Lifecycle.TERMINATING, now));
        terminationCauses.put(instance.id(), "At " + AutoScalingXml.seconds(now) + " " + cause);
        terminationsDue.put(instance.id(), now);
    }

    private void startTerminations(Instant now, List<ScalingWork> due) {
        for (var entry : Map.copyOf(terminationsDue).entrySet()) {
            var instance = instances.get(entry.getKey());
            if (instance != null && !now.isBefore(entry.getValue())) {
                terminationsDue.remove(entry.getKey());
                due.add(new ScalingWork.Terminate(instance, begin(instance, "Terminating EC2 instance: ",
                        terminationCauses.getOrDefault(instance.id(), ""), now)));
            }
        }
    }

    private void startLaunches(Instant now, List<ScalingWork> due) {
        if (suspended.contains("Launch") || now.isBefore(nextLaunch)) {
            return;
        }
        // An instance on its way out holds its place: AWS's order here is terminated first, launched after.
        for (int actual = instances.size(); actual < desired; actual++) {
            var cause = "an instance was launched in response to an unhealthy instance needing to be replaced.";
            if (owedReplacements > 0) {
                owedReplacements--;
            } else {
                cause = "an instance was started in response to a difference between desired and actual capacity,"
                        + " increasing the capacity from " + actual + " to " + (actual + 1) + ".";
            }
            var instance = new AutoScalingInstance(newInstanceId(), spec.name(), emptiestZone(), Lifecycle.PENDING,
                    true, now, now);
            instances.put(instance.id(), instance);
            due.add(new ScalingWork.Launch(instance, begin(instance, "Launching a new EC2 instance: ",
                    "At " + AutoScalingXml.seconds(now) + " " + cause, now)));
        }
    }

    void launched(ScalingWork.Launch launch, Instant now) {
        // What is here, not what was handed out: its health may have been set while it was Pending.
        instances.computeIfPresent(launch.instance().id(), (_, instance) -> instance.in(Lifecycle.IN_SERVICE, now));
        end(launch.activityId(), ScalingActivity.Status.SUCCESSFUL, "", now);
        if (count(Lifecycle.IN_SERVICE) >= desired) {
            atDesired.complete(null);
        }
    }

    void terminated(ScalingWork.Terminate terminate, Instant now) {
        instances.remove(terminate.instance().id());
        terminationCauses.remove(terminate.instance().id());
        end(terminate.activityId(), ScalingActivity.Status.SUCCESSFUL, "", now);
    }

    void failed(ScalingWork work, String reason, Instant retryAt, Instant now) {
        end(work.activityId(), ScalingActivity.Status.FAILED, reason, now);
        switch (work) {
            case ScalingWork.Launch(var instance, _) -> {
                instances.remove(instance.id());
                nextLaunch = retryAt;
            }
            case ScalingWork.Terminate(var instance, _) -> terminationsDue.put(instance.id(), retryAt);
        }
    }

    private String begin(AutoScalingInstance instance, String what, String cause, Instant now) {
        var id = UUID.randomUUID().toString();
        activities.addFirst(new ScalingActivity(id, instance.id(), instance.availabilityZone(), what + instance.id(),
                cause, now, null, ScalingActivity.Status.IN_PROGRESS, ""));
        if (activities.size() > KEPT_ACTIVITIES) {
            activities.removeLast();
        }
        return id;
    }

    private void end(String activityId, ScalingActivity.Status status, String message, Instant now) {
        activities.replaceAll(
                activity -> activity.id().equals(activityId) ? activity.ended(status, message, now) : activity);
    }

    private String emptiestZone() {
        return spec.zones().stream().min(Comparator.comparingLong(this::living)).orElseThrow();
    }

    private long living(String zone) {
        return instances.values().stream()
                .filter(instance -> instance.availabilityZone().equals(zone)
                        && instance.lifecycle() != Lifecycle.TERMINATING)
                .count();
    }

    private int count(Lifecycle lifecycle) {
        return (int) instances.values().stream().filter(instance -> instance.lifecycle() == lifecycle).count();
    }

    private static String newInstanceId() {
        return "i-0" + UUID.randomUUID().toString().replace("-", "").substring(0, 16);
    }

    AutoScalingGroupSpec spec() {
        return spec;
    }

    Map<String, AutoScalingInstance> instances() {
        return instances;
    }

    Set<String> suspended() {
        return suspended;
    }

    CompletableFuture<Void> atDesired() {
        return atDesired;
    }

    int desired() {
        return desired;
    }

    void desire(int value) {
        desired = value;
    }

    List<ScalingActivity> activities() {
        return List.copyOf(activities);
    }

    Snapshot snapshot() {
        return new Snapshot(spec, desired, created, List.copyOf(instances.values()), List.copyOf(suspended));
    }

    /** What DescribeAutoScalingGroups shows of a group. */
    record Snapshot(AutoScalingGroupSpec spec, int desired, Instant created, List<AutoScalingInstance> instances,
            List<String> suspended) {}
}
