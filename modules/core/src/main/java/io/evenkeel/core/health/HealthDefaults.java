package io.evenkeel.core.health;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** The numbers that hold where a policy says nothing. Their sources are in the configuration reference. */
public final class HealthDefaults {

    /** The seed: 3 failures at 30 s. */
    public static final int FAILURE_THRESHOLD = 3;

    /** One success can be luck; Gatus asks for 2. */
    public static final int RECOVERY_THRESHOLD = 2;

    public static final Duration MINIMUM_HEALTHY = Duration.ofSeconds(60);

    /** Kubernetes' and the seed's grace for a new machine. */
    public static final Duration STARTUP_GRACE = Duration.ofMinutes(5);

    /** Refused at 0, 250 and 500 ms: Elasticsearch's own survivors drop a killed process in 0.3 to 0.5 s. */
    public static final int CONFIRMATIONS = 3;

    /** Elasticsearch 9.2 keeps a hanging member for 33 s. */
    public static final Duration CONTRADICTION_AFTER = Duration.ofSeconds(45);

    /** As actAfter. */
    public static final Duration OVERRIDE_FLAPPING_AFTER = Duration.ofSeconds(60);

    public static final Flapping FLAPPING = new Flapping(3, 1, Duration.ofMinutes(10));

    /** Three intervals of 30 s, a time-out of 3 s, and a second. */
    public static final Duration STALE_AFTER = Duration.ofSeconds(94);

    /** Redis Sentinel's TILT: a loop that runs 2 s late trusts itself no more. */
    public static final Duration MAX_LATENESS = Duration.ofSeconds(2);

    private HealthDefaults() {}

    /**
     * The table of classes: what shows that a process or its host is gone may lead to a replacement; what a healthy
     * process can cause (overload, a full disk, a wrong certificate or key, a slow answer) only to an alert.
     *
     * @param failures in a row, for the classes where one failure is clear
     */
    public static Map<FailureReason, FailureClass> classes(int failures) {
        var classes = new EnumMap<FailureReason, FailureClass>(FailureReason.class);
        var clear = Threshold.inARow(failures);
        // Load comes and goes: half of a longer window.
        var vague = new Threshold(5, 10);
        for (var reason : FailureReason.values()) {
            classes.put(reason, switch (reason) {
                case CONNECT_REFUSED, CONNECT_TIMEOUT, READ_TIMEOUT, RESET ->
                    new FailureClass(clear, Consequence.REPLACE);
                case TLS, HTTP_STATUS, BODY_MISMATCH, CANARY_FAILED, STATUS_RED, NO_MASTER, DISK, OTHER ->
                    new FailureClass(clear, Consequence.ALERT);
                case OVERLOADED, SLOW -> new FailureClass(vague, Consequence.ALERT);
            });
        }
        return classes;
    }

    public static NodePolicy node() {
        return new NodePolicy(classes(FAILURE_THRESHOLD), RECOVERY_THRESHOLD, MINIMUM_HEALTHY, STARTUP_GRACE,
                CONFIRMATIONS, CONTRADICTION_AFTER, OVERRIDE_FLAPPING_AFTER, FLAPPING, STALE_AFTER);
    }

    static HealthPolicy policy(String revision) {
        var nodes = new EnumMap<NodeRole, NodePolicy>(NodeRole.class);
        for (var role : NodeRole.values()) {
            nodes.put(role, node());
        }
        return new HealthPolicy(revision, nodes,
                new ClusterPolicy(FAILURE_THRESHOLD, RECOVERY_THRESHOLD, MINIMUM_HEALTHY), STALE_AFTER, MAX_LATENESS);
    }
}
