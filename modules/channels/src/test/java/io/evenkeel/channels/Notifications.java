package io.evenkeel.channels;

import io.evenkeel.core.alert.Alert;
import io.evenkeel.core.alert.Alert.Severity;
import io.evenkeel.core.alert.Alert.Status;
import io.evenkeel.core.alert.AlertName;
import io.evenkeel.core.alert.Labels;
import io.evenkeel.core.notification.Link;
import io.evenkeel.core.notification.Notification;
import io.evenkeel.core.notification.Notification.Kind;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Notifications as the pipeline makes them: the words are those of the alert rules. */
public final class Notifications {

    public static final Instant T0 = Instant.parse("2026-11-22T10:15:03.250Z");
    public static final String INCIDENT = "primary@1795342503250000";

    private static final Instant NOW = T0.plusSeconds(200);

    private static final List<Link> LINKS = List.of(
            new Link("Runbook", "https://runbooks.example.org/evenkeel#ClusterFailed"),
            new Link("Dashboard", "https://grafana.example.org/d/es?var-cluster=primary&from=now-1h"));

    private Notifications() {}

    public static Notification of(Kind kind) {
        return switch (kind) {
            case FIRING -> notification(1, kind, "", List.of(failed(Status.FIRING)), 1, 0);
            case UPDATED -> notification(2, kind, "", List.of(failed(Status.FIRING), down(Status.FIRING)), 2, 0);
            case REMINDER -> notification(3, kind, "", List.of(failed(Status.FIRING), down(Status.FIRING)), 2, 0);
            case ESCALATED -> notification(4, kind, "", List.of(failed(Status.FIRING), down(Status.RESOLVED)), 1, 1);
            case ACKNOWLEDGED -> notification(5, kind, "ops@example.org", List.of(failed(Status.FIRING)), 1, 1);
            case RESOLVED -> notification(6, kind, "ops@example.org",
                    List.of(failed(Status.RESOLVED), down(Status.RESOLVED)), 0, 2);
            case TEST -> new Notification("test/pager@1795342503250000", 1, kind, Severity.INFO, List.of("pager"),
                    new TreeMap<>(), "ops@example.org tries channel pager", List.of(), 0, 0, "", List.of(), T0, NOW);
            case HEARTBEAT -> new Notification("heartbeat@1795342503250000", 7, kind, Severity.INFO, List.of("switch"),
                    new TreeMap<>(), "the pipeline lives", List.of(), 0, 0, "", List.of(), T0, NOW);
        };
    }

    /** One alert of every name, and more than are described. */
    public static Notification ofEveryName() {
        var alerts = Arrays.stream(AlertName.values()).map(Notifications::of).toList();
        return new Notification(INCIDENT, 8, Kind.UPDATED, Severity.PAGE, List.of("pager"), new TreeMap<>(),
                "everything at once", alerts, alerts.size() + 4, 1, "", LINKS, T0, NOW);
    }

    /** As another, but with these alerts. */
    public static Notification with(String incident, int sequence, String title, List<Alert> alerts) {
        return new Notification(incident, sequence, Kind.FIRING, Severity.PAGE, List.of("pager"), labels(), title,
                alerts,
                alerts.size(), 0, "", LINKS, T0, NOW);
    }

    public static Alert alert(String subject, String title, List<String> lines) {
        return alert(AlertName.NODE_DOWN, subject, Severity.WARN, Status.FIRING, title, lines);
    }

    private static Notification notification(int sequence, Kind kind, String by, List<Alert> alerts, int firing,
            int resolved) {
        return new Notification(INCIDENT, sequence, kind, Severity.PAGE, List.of("pager", "chat"), labels(),
                "primary is FAILED", alerts, firing, resolved, by, LINKS, T0, NOW.plusSeconds(60L * sequence));
    }

    private static SortedMap<String, String> labels() {
        return new TreeMap<>(Map.of(Labels.CLUSTER, "primary", Labels.SERVICE, "search"));
    }

    private static Alert failed(Status status) {
        return alert(AlertName.CLUSTER_FAILED, "primary", Severity.PAGE, status, "primary is FAILED",
                List.of("2 of 3 voters are DOWN, told by 3 of 3 vantages for 15 s",
                        "failover is being judged: evenkeel hold primary stops it",
                        "FAIL_OVER ACT: all 9 gates are open",
                        "fail-over/search/41 SUCCEEDED: search answers from standby, verified in 2.1 s"));
    }

    private static Alert down(Status status) {
        return alert(AlertName.NODE_DOWN, "primary/data-2", Severity.WARN, status, "primary/data-2 is DOWN",
                List.of("no TCP connection, 3 of 3 vantages, 6 misses each",
                        "replacement is being judged: evenkeel hold primary stops it",
                        "REPLACE_INSTANCE REFUSE: a failover of search is under way"));
    }

    private static Alert of(AlertName name) {
        String what = "primary/data-1";
        return switch (name) {
            case NODE_DOWN -> down(Status.FIRING);
            case NODE_UNREACHABLE -> alert(name, what, Severity.PAGE, Status.FIRING,
                    what + " is UNREACHABLE, but alive", List.of("2 of 3 vantages reach it, and its cluster has it",
                            "it is not replaced: look at the network between"));
            case NODE_FLAPPING -> alert(name, what, Severity.WARN, Status.FIRING, what + " is FLAPPING",
                    List.of("5 changes in 10 min", "no action while it comes and goes: find out why"));
            case NODE_UNKNOWN -> alert(name, what, Severity.WARN, Status.FIRING, what + " is UNKNOWN",
                    List.of("no vote for 60 s", "no action is taken on silence: look at the agents"));
            case VANTAGE_SILENT -> alert(name, "primary/vantage/eu-1b", Severity.WARN, Status.FIRING,
                    "vantage eu-1b is silent about primary",
                    List.of("last heard 60 s ago", "its vote is missing: look at its agents"));
            case VANTAGE_DOUBTED -> alert(name, "primary/vantage/eu-1b", Severity.WARN, Status.FIRING,
                    "vantage eu-1b doubts itself",
                    List.of("7 of 8 targets fail, and its reference too",
                            "its failures don't count: look at its host and network"));
            case CLUSTER_FAILED -> failed(Status.FIRING);
            case CLUSTER_QUORUM_LOST -> alert(name, "primary", Severity.PAGE, Status.FIRING,
                    "primary is QUORUM_LOST: 1 of 3 voters up, 2 needed",
                    List.of("no master is elected",
                            "writes fail, searches may be stale: bring voters back by hand"));
            case CLUSTER_DEGRADED -> alert(name, "primary", Severity.WARN, Status.FIRING, "primary is DEGRADED",
                    List.of("1 of 6 nodes is DOWN", "no action follows from this alone"));
            case CLUSTER_UNKNOWN -> alert(name, "primary", Severity.WARN, Status.FIRING, "primary is UNKNOWN",
                    List.of("no vantage votes", "no action follows from this alone"));
            case RULE_ERROR -> alert(name, "primary", Severity.PAGE, Status.FIRING, "primary is UNKNOWN: a rule threw",
                    List.of("the record is in dead-letters; nothing is done until evenkeel release primary"));
            case STORM -> alert(name, "primary", Severity.PAGE, Status.FIRING,
                    "4 of 6 nodes of primary went bad within 2 min",
                    List.of("look before you release it: evenkeel why storm/primary@1795342503250000"));
            case ZONE_IMPAIRED -> alert(name, "eu-1b", Severity.PAGE, Status.FIRING,
                    "zone eu-1b is impaired: 3 of 4 nodes there are DOWN",
                    List.of("a zonal shift is proposed",
                            "look before you release it: evenkeel why zone/eu-1b@1795342503250000"));
            case BRAKE_TRIPPED -> alert(name, "*", Severity.PAGE, Status.FIRING,
                    "the brake is on: 3 actions failed within 1 h",
                    List.of("nothing is done until evenkeel release '*'"));
            case HEALTH_STALLED -> alert(name, "*/health", Severity.PAGE, Status.FIRING,
                    "2 of 8 partitions are not judged",
                    List.of("nobody is judged there: no failure is seen, nothing is done",
                            "look at the processes of evenkeel run and at Kafka"));
            case CHANNEL_FAILED -> alert(name, "channel/chat", Severity.WARN, Status.FIRING, "channel chat fails",
                    List.of("HTTP 404: channel_not_found, for 10 min", "pager took over"));
        };
    }

    private static Alert alert(AlertName name, String subject, Severity severity, Status status, String title,
            List<String> lines) {
        var labels = new TreeMap<>(Map.of(Labels.NAME, name.label()));
        if (subject.startsWith("primary")) {
            labels.put(Labels.CLUSTER, "primary");
        }
        if (subject.startsWith("primary/data")) {
            labels.put(Labels.NODE, subject.substring("primary/".length()));
        }
        return new Alert(subject + "@1795342503250000", 2, status, severity, subject, labels, title, lines, T0, NOW);
    }
}
