package io.evenkeel.core.alert;

import io.evenkeel.core.decision.Decision;
import java.util.SortedMap;

/** What stops actions, told from the incident that DECISION named. */
final class Stops {

    private Stops() {}

    /** {@code storm/CLUSTER@...}, {@code zone/ZONE@...}, {@code brake@...} or {@code CLUSTER/rule-error@...}. */
    static SortedMap<String, String> labels(Decision decision) {
        String what = decision.incident().substring(0, decision.incident().indexOf('@'));
        String before = what.substring(0, Math.max(0, what.indexOf('/')));
        String after = what.substring(what.indexOf('/') + 1);
        return switch (before) {
            case "storm" -> Labels.of(AlertName.STORM, Labels.CLUSTER, after);
            case "zone" -> Labels.of(AlertName.ZONE_IMPAIRED, Labels.ZONE, after);
            case "" -> Labels.of(AlertName.BRAKE_TRIPPED);
            default -> Labels.of(AlertName.RULE_ERROR, Labels.CLUSTER, before);
        };
    }
}
