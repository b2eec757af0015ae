package io.evenkeel.core.notification;

import io.evenkeel.core.alert.Alert;
import io.evenkeel.core.alert.AlertName;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A greater trouble explains smaller ones: while a source fires, targets with equal labels are not told. Nothing keeps
 * itself back, and nothing that was told is taken back: it is resolved where it was told.
 *
 * @param sources names of alerts, as {@link AlertName#label}
 * @param targets names of alerts
 * @param equal labels that both must have with the same value
 */
public record Inhibition(Set<String> sources, Set<String> targets, List<String> equal) {

    private static final Set<String> NODE = names(AlertName.NODE_DOWN, AlertName.NODE_UNREACHABLE,
            AlertName.NODE_FLAPPING, AlertName.NODE_UNKNOWN);

    /** A cluster's trouble explains that of its nodes, a zone's that of the nodes in it. */
    public static final List<Inhibition> DEFAULTS = List.of(
            new Inhibition(names(AlertName.CLUSTER_FAILED, AlertName.CLUSTER_QUORUM_LOST, AlertName.STORM), NODE,
                    List.of("cluster")),
            new Inhibition(names(AlertName.CLUSTER_FAILED), names(AlertName.STORM), List.of("cluster")),
            new Inhibition(names(AlertName.CLUSTER_UNKNOWN),
                    names(AlertName.NODE_UNKNOWN), List.of("cluster")),
            new Inhibition(names(AlertName.ZONE_IMPAIRED), NODE, List.of("zone")));

    public Inhibition {
        sources = Set.copyOf(sources);
        targets = Set.copyOf(targets);
        equal = List.copyOf(equal);
    }

    private static Set<String> names(AlertName... names) {
        return Stream.of(names).map(AlertName::label).collect(Collectors.toUnmodifiableSet());
    }

    boolean isSource(Alert alert) {
        return sources.contains(alert.label("name"));
    }

    /** Whether it keeps an alert back while a source with the same labels fires. */
    public boolean mayKeepBack(Alert alert) {
        return targets.contains(alert.label("name")) && !isSource(alert) && hasLabels(alert);
    }

    /** The values that a source and its targets share; without one of the labels, an alert takes no part. */
    String shared(Alert alert) {
        return equal.stream().map(alert::label).collect(Collectors.joining("\u0000"));
    }

    boolean hasLabels(Alert alert) {
        return equal.stream().noneMatch(label -> alert.label(label).isEmpty());
    }
}
