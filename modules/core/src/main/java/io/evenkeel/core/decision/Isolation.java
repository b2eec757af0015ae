package io.evenkeel.core.decision;

import io.evenkeel.core.cluster.ClusterId;
import java.time.Instant;

/**
 * A cluster for which a rule threw: nothing that is known of it can be trusted until a person has looked.
 *
 * @param error what was thrown
 */
public record Isolation(ClusterId cluster, String error, Instant since) {

    String incident() {
        return Incidents.of(cluster + "/rule-error", since);
    }

    String decisionSubject() {
        return cluster + "/*/rule-error";
    }
}
