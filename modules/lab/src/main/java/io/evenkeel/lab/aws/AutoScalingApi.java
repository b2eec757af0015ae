package io.evenkeel.lab.aws;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Auto Scaling, version 2011-01-01. */
final class AutoScalingApi implements ServiceApi {
    private static final int MAX_INSTANCES_PAGE = 50;
    private static final int MAX_GROUPS_PAGE = 100;

    private final AutoScalingGroups groups;
    private final String accountId;

    AutoScalingApi(AutoScalingGroups groups, String accountId) {
        this.groups = groups;
        this.accountId = accountId;
    }

    @Override
    public AwsResponse handle(AwsRequest request) {
        return switch (request.action()) {
            case "DescribeAutoScalingGroups" -> describeGroups(request);
            case "DescribeAutoScalingInstances" -> describeInstances(request);
            // Nobody refreshes a group of the lab.
            case "DescribeInstanceRefreshes" -> AwsResponse.query(request,
                    result -> result.list("InstanceRefreshes", "member", List.<String>of(), (_, _) -> {
                    }));
            case "DescribeScalingActivities" -> describeActivities(request);
            case "SetInstanceHealth" -> {
                groups.setHealth(request.required("InstanceId"), request.required("HealthStatus"),
                        request.flag("ShouldRespectGracePeriod", true));
                yield AwsResponse.emptyQuery(request);
            }
            case "SuspendProcesses" -> {
                groups.suspend(request.required("AutoScalingGroupName"), request.members("ScalingProcesses"));
                yield AwsResponse.emptyQuery(request);
            }
            case "ResumeProcesses" -> {
                groups.resume(request.required("AutoScalingGroupName"), request.members("ScalingProcesses"));
                yield AwsResponse.emptyQuery(request);
            }
            case "SetDesiredCapacity" -> setDesired(request);
            case "TerminateInstanceInAutoScalingGroup" -> terminate(request);
            default -> throw ServiceApi.unknown(request);
        };
    }

    private AwsResponse describeGroups(AwsRequest request) {
        var names = new HashSet<>(request.members("AutoScalingGroupNames"));
        var filter = tagFilter(request);
        var found = groups.snapshots().stream()
                .filter(group -> names.isEmpty() || names.contains(group.spec().name()))
                .filter(group -> filter.test(group.spec().tags()))
                .toList();
        var page = Page.of(found, request.parameter("NextToken"), pageSize(request, MAX_GROUPS_PAGE, MAX_GROUPS_PAGE));
        var arnPrefix = "arn:aws:autoscaling:" + request.region() + ":" + accountId;
        return AwsResponse.query(request,
                result -> result
                        .list("AutoScalingGroups", "member", page.items(),
                                (out, group) -> AutoScalingXml.group(out, group, arnPrefix))
                        .textIfPresent("NextToken", page.nextToken().orElse(null)));
    }

    private static Predicate<Map<String, String>> tagFilter(AwsRequest request) {
        Predicate<Map<String, String>> all = _ -> true;
        for (int i = 1; request.parameter("Filters.member." + i + ".Name").isPresent(); i++) {
            var name = request.required("Filters.member." + i + ".Name");
            var values = request.members("Filters.member." + i + ".Values");
            if (name.startsWith("tag:")) {
                all = all.and(tags -> values.contains(tags.getOrDefault(name.substring("tag:".length()), "")));
            } else if (name.equals("tag-key")) {
                all = all.and(tags -> values.stream().anyMatch(tags::containsKey));
            } else if (name.equals("tag-value")) {
                all = all.and(tags -> values.stream().anyMatch(tags::containsValue));
            } else {
                throw AwsFault.validation("Invalid filter name: " + name);
            }
        }
        return all;
    }

    /** Ids that are unknown are left out without a word, as AWS does. */
    private AwsResponse describeInstances(AwsRequest request) {
        var ids = request.members("InstanceIds");
        if (ids.size() > MAX_INSTANCES_PAGE) {
            throw AwsFault.validation("The number of instance ids that may be passed in is limited to 50");
        }
        var found = groups.instances().stream().filter(instance -> ids.isEmpty() || ids.contains(instance.id()))
                .toList();
        var page = Page.of(found, request.parameter("NextToken"),
                pageSize(request, MAX_INSTANCES_PAGE, MAX_INSTANCES_PAGE));
        return AwsResponse.query(request,
                result -> result.list("AutoScalingInstances", "member", page.items(), AutoScalingXml::instance)
                        .textIfPresent("NextToken", page.nextToken().orElse(null)));
    }

    private AwsResponse describeActivities(AwsRequest request) {
        var found = new ArrayList<Map.Entry<String, ScalingActivity>>();
        var name = request.parameter("AutoScalingGroupName");
        if (name.isPresent()) {
            groups.activities(name.get()).forEach(activity -> found.add(Map.entry(name.get(), activity)));
        } else {
            found.addAll(groups.allActivities());
        }
        var ids = request.members("ActivityIds");
        List<Map.Entry<String, ScalingActivity>> wanted = found.stream()
                .filter(entry -> ids.isEmpty() || ids.contains(entry.getValue().id())).toList();
        var page = Page.of(wanted, request.parameter("NextToken"), pageSize(request, 100, 100));
        return AwsResponse.query(request,
                result -> result
                        .list("Activities", "member", page.items(),
                                (out, entry) -> AutoScalingXml.activity(out, entry.getKey(), entry.getValue()))
                        .textIfPresent("NextToken", page.nextToken().orElse(null)));
    }

    private AwsResponse setDesired(AwsRequest request) {
        request.required("DesiredCapacity");
        groups.setDesired(request.required("AutoScalingGroupName"), request.integer("DesiredCapacity", 0));
        return AwsResponse.emptyQuery(request);
    }

    private AwsResponse terminate(AwsRequest request) {
        request.required("ShouldDecrementDesiredCapacity");
        var id = request.required("InstanceId");
        var groupName = groups.terminate(id, request.flag("ShouldDecrementDesiredCapacity", false));
        return AwsResponse.query(request, result -> result.element("Activity",
                out -> out.text("ActivityId", request.requestId()).text("AutoScalingGroupName", groupName)
                        .text("Description", "Terminating EC2 instance: " + id)
                        .text("Cause", "instance " + id + " was taken out of service in response to a user request.")
                        .text("StartTime", AutoScalingXml.millis(Instant.now()))
                        .text("StatusCode", "InProgress").text("Progress", 0)));
    }

    private static int pageSize(AwsRequest request, int fallback, int max) {
        int size = request.integer("MaxRecords", fallback);
        if (size < 1 || size > max) {
            throw AwsFault.validation("MaxRecords must be between 1 and " + max + ", was " + size);
        }
        return size;
    }
}
