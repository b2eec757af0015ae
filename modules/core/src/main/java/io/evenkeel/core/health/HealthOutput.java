package io.evenkeel.core.health;

/** What the health rules say. */
public sealed interface HealthOutput {

    record NodeChanged(NodeTransition transition) implements HealthOutput {}

    record ClusterChanged(ClusterTransition transition) implements HealthOutput {}

    record VantageChanged(VantageTransition transition) implements HealthOutput {}
}
