package io.evenkeel.core.decision;

import io.evenkeel.core.health.ClusterTransition;
import io.evenkeel.core.health.NodeTransition;
import io.evenkeel.core.health.VantageTransition;
import java.time.Instant;

/** Incident ids: the same from first symptom to resolved, and the same wherever they are derived. */
public final class Incidents {

    private Incidents() {}

    public static String of(NodeTransition transition) {
        return transition.node() + "@" + micros(transition.firstFailureAt());
    }

    public static String of(ClusterTransition transition) {
        return transition.cluster() + "@" + micros(transition.firstFailureAt());
    }

    public static String of(VantageTransition transition) {
        return transition.cluster() + "/vantage/" + transition.vantage().name() + "@" + micros(transition.at());
    }

    /** Of what is no node, cluster or vantage. */
    public static String of(String subject, Instant since) {
        return subject + "@" + micros(since);
    }

    private static long micros(Instant at) {
        return at.getEpochSecond() * 1_000_000L + at.getNano() / 1_000;
    }
}
