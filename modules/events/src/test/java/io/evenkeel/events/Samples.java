package io.evenkeel.events;

import io.evenkeel.core.action.ActionOutcome;
import io.evenkeel.core.action.ActionRequest;
import io.evenkeel.core.action.Command;
import io.evenkeel.core.alert.Alert;
import io.evenkeel.core.alert.Delivery;
import io.evenkeel.core.notification.Link;
import io.evenkeel.core.notification.Notification;
import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.cluster.NodeTarget;
import io.evenkeel.core.cluster.ServiceId;
import io.evenkeel.core.cluster.Vantage;
import io.evenkeel.core.decision.Decision;
import io.evenkeel.core.decision.FailoverTransition;
import io.evenkeel.core.decision.GateAnswer;
import io.evenkeel.core.decision.Intent;
import io.evenkeel.core.decision.Order;
import io.evenkeel.core.decision.ServiceStatus;
import io.evenkeel.core.facts.ClusterFacts;
import io.evenkeel.core.facts.FactGroup;
import io.evenkeel.core.health.Cause;
import io.evenkeel.core.health.ClusterState;
import io.evenkeel.core.health.ClusterStatus;
import io.evenkeel.core.health.ClusterTransition;
import io.evenkeel.core.health.ClusterView;
import io.evenkeel.core.health.Consequence;
import io.evenkeel.core.health.Evidence;
import io.evenkeel.core.health.FailureReason;
import io.evenkeel.core.health.HealthInput.ClusterExpected;
import io.evenkeel.core.health.HealthProgress;
import io.evenkeel.core.health.NodeState;
import io.evenkeel.core.health.NodeStatus;
import io.evenkeel.core.health.NodeTransition;
import io.evenkeel.core.health.ProbeResult.ClusterProbed;
import io.evenkeel.core.health.ProbeResult.NodeProbed;
import io.evenkeel.core.health.ProbeResult.NodeReported;
import io.evenkeel.core.health.ProbeResult.Outcome;
import io.evenkeel.core.health.ProbeResult.Purpose;
import io.evenkeel.core.health.ProbeResult.Timing;
import io.evenkeel.core.health.ProbeSource;
import io.evenkeel.core.health.VantageState;
import io.evenkeel.core.health.VantageStatus;
import io.evenkeel.core.health.VantageTransition;
import io.evenkeel.core.health.Vote;
import io.evenkeel.core.health.Voters;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** One of each event, each field another value and none its default, so that a swapped or forgotten one shows. */
public final class Samples {

    public static final Instant T0 = Instant.parse("2026-11-22T10:00:00.123456Z");
    public static final ClusterId CLUSTER = new ClusterId("search-eu");
    public static final NodeId NODE = new NodeId(CLUSTER, "data-1");

    private static final ProbeSource SOURCE = new ProbeSource("vantage-a", "eu-west-1a", "host-7/4711", "boot-9", 42,
            "paused for 3 s");
    private static final Timing TIMING = new Timing(Duration.ofNanos(1_234_000), Duration.ofMillis(7),
            Duration.ofSeconds(30), Duration.ofMillis(12));
    private static final NodeTarget TARGET = new NodeTarget(NODE, "i-0abc", "http://10.0.0.7:9200", "eu-west-1b",
            List.of("data", "ingest"), "asg-data",
            List.of(new Vantage("vantage-a", "eu-west-1a"), new Vantage("vantage-b", "eu-west-1b")),
            NodeTarget.Phase.RETIRING);
    private static final Cause CAUSE = new Cause(List.of(FailureReason.CONNECT_REFUSED, FailureReason.RESET), true,
            Consequence.REPLACE);
    private static final List<Vote> VOTES = List.of(new Vote("vantage-a", "eu-west-1a", Vote.Stand.DOWN, 3),
            new Vote("vantage-b", "eu-west-1b", Vote.Stand.RISING, 1));
    private static final List<Evidence> EVIDENCE = List.of(new Evidence(SOURCE, T0.minusSeconds(3),
            Purpose.CONFIRMATION, true, "200 OK"));
    private static final Voters VOTERS = new Voters(3, 1, 2);
    private static final ActionRequest REPLACE = new ActionRequest("req-1", "inc-1",
            new Command.ReplaceInstance(NODE, "asg-data", "i-0abc"), T0, T0.plusSeconds(300), 77, "rev-1",
            "DOWN for 60 s");

    private Samples() {}

    public static NodeTarget target() {
        return TARGET;
    }

    public static ActionRequest replaceRequest() {
        return REPLACE;
    }

    public static NodeProbed nodeProbed(FailureReason reason) {
        return new NodeProbed(NODE, "i-0abc", SOURCE, Purpose.CONFIRMATION, new Outcome.Failure(reason, "said no"),
                TIMING);
    }

    public static Alert alert(Alert.Severity severity) {
        return new Alert("inc-1", 2, Alert.Status.RESOLVED, severity, NODE.toString(),
                new TreeMap<>(Map.of("name", "NodeDown", "cluster", "primary")), "data-1 is back",
                List.of("replaced i-0abc", "evenkeel why inc-1"), T0.minusSeconds(60), T0);
    }

    private static Notification notification() {
        return new Notification("inc-1", 3, Notification.Kind.ESCALATED, Alert.Severity.PAGE, List.of("pager", "chat"),
                new TreeMap<>(Map.of("cluster", "primary")), "2 alerts of primary",
                List.of(alert(Alert.Severity.WARN), alert(Alert.Severity.PAGE)), 2, 1, "ann",
                List.of(new Link("Runbook", "https://runbooks.example.org/NodeDown")), T0.minusSeconds(60), T0);
    }

    private static ClusterFacts facts() {
        var ages = new TreeMap<FactGroup, Duration>();
        for (var group : FactGroup.values()) {
            ages.put(group, Duration.ofMillis(10 + ages.size()));
        }
        return new ClusterFacts(CLUSTER, "host-7/4711", ages,
                new ClusterFacts.Membership(new TreeSet<>(List.of("data-1", "m-1")), new TreeSet<>(List.of("m-1"))),
                new ClusterFacts.Copies(
                        new TreeMap<>(Map.of("data-1", new ClusterFacts.LastCopies(2, List.of("a[0]", "b[1]"))))),
                new ClusterFacts.Allocation(1, 2, 4, 3),
                new TreeMap<>(Map.of("data-2", new ClusterFacts.Shutdown("RESTART", "upgrade"))),
                new TreeMap<>(Map.of("data-1", new ClusterFacts.NodeDisk(11, 12))), new TreeMap<>(
                        Map.of("asg-data", new ClusterFacts.ScalingGroup(List.of("Terminate"), "InProgress"))));
    }

    public static List<Object> events() {
        return List.of(nodeProbed(FailureReason.CONNECT_REFUSED),
                new NodeProbed(NODE, "i-0abc", SOURCE, Purpose.SCHEDULED, new Outcome.Success(), TIMING),
                new ClusterProbed(CLUSTER, SOURCE, new ClusterView(3, 2, ClusterView.Canary.FAILED,
                        ClusterView.Colour.RED, ClusterView.Master.ABSENT, "no_shard_available"), TIMING),
                new ClusterProbed(CLUSTER, SOURCE, new ClusterView(3, 3, ClusterView.Canary.WORKS,
                        ClusterView.Colour.GREEN, ClusterView.Master.SEEN,
                        new ClusterView.Members.Listed(new TreeSet<>(List.of("data-1", "data-2"))), ""), TIMING),
                new NodeReported(NODE, "i-0abc", SOURCE, new Outcome.Failure(FailureReason.SLOW, "2 s"), TIMING),
                new Tick("run-1", 99, new Tick.PolicyPointer("rev-1", 3)), TARGET,
                new ClusterExpected(CLUSTER, TARGET.vantages()),
                new NodeTransition(TARGET, NodeState.SUSPECT, NodeState.DOWN, T0, 12, 11, T0.minusSeconds(9),
                        CAUSE, "3 failures", VOTES, EVIDENCE, "rev-1"),
                new NodeStatus(TARGET, NodeState.FLAPPING, T0, 12, CAUSE, "5 changes"),
                new VantageTransition(CLUSTER, TARGET.vantages().getFirst(), VantageState.VOTING, VantageState.DOUBTED,
                        T0, 13, 12, "40 of 40 unrelated targets fail", "rev-1"),
                new VantageStatus(CLUSTER, TARGET.vantages().getFirst(), VantageState.SILENT, T0, 13, "silent"),
                new ClusterTransition(CLUSTER, ClusterState.HEALTHY, ClusterState.FAILED, T0, 14, 13,
                        T0.minusSeconds(8), "canary fails", VOTERS, VOTES, EVIDENCE, "rev-1", "NullPointerException"),
                new ClusterStatus(CLUSTER, ClusterState.QUORUM_LOST, T0, 14, "1 of 3 voters", VOTERS),
                new FailoverTransition(new ServiceId("search"), CLUSTER, FailoverTransition.State.FAILED_OVER, T0, 16,
                        15, "inc-2", "primary FAILED"),
                new ServiceStatus(new ServiceId("search"), CLUSTER, FailoverTransition.State.FAILING_OVER, T0, 17),
                new Decision("inc-1", NODE.toString(), Decision.Action.REPLACE_INSTANCE, Decision.Verdict.DRY_RUN,
                        "not armed", List.of(new GateAnswer("hold", GateAnswer.Answer.YES, "none"),
                                new GateAnswer("act-after", GateAnswer.Answer.WAIT, "1 of 60 s", T0.plusSeconds(59))),
                        "req-1", T0, T0.plusSeconds(5), 12, "rev-1",
                        List.of(new Decision.FactAge("COPIES", Duration.ofMillis(1_500)))),
                REPLACE,
                new ActionRequest("req-2", "inc-2", new Command.FailOver(new ServiceId("search"), CLUSTER,
                        new ClusterId("search-us"), 16), T0, T0.plusSeconds(60), 14, "rev-1", "primary FAILED"),
                new ActionOutcome(REPLACE, ActionOutcome.Status.ALREADY_DONE, "host-7/4711", 2, T0.plusSeconds(30), T0,
                        "already terminating"),
                alert(Alert.Severity.WARN), notification(),
                new Delivery("inc-1", 3, "pager", "chat", Delivery.Outcome.HANDED_OVER, 4, "r-1", "503", T0),
                new Intent(Intent.Kind.BRAKE, "*", "ann", "too many at once", T0, Instant.MAX),
                new Order("order-1", Order.Kind.ACKNOWLEDGE, "inc-1", "ann", "looked", T0, T0.plusSeconds(60), 12),
                facts(), ClusterFacts.none(CLUSTER),
                new PolicyRecord("rev-1", "health: {failureThreshold: 3}", "run-1"), new HealthProgress(7, T0));
    }
}
