package io.evenkeel.drills.simulator;

import io.evenkeel.drills.simulator.rule.Figures;
import io.evenkeel.drills.simulator.rule.Truth;
import io.evenkeel.drills.simulator.world.Node;
import io.evenkeel.drills.simulator.world.Zones;

/**
 * The reference: what plain thresholds make of the same probes. Route 53's rule: a checker turns after 3 results in a row
 * that say otherwise, and an endpoint is healthy while more than 18 % of its checkers find it so. Who is not is replaced
 * at once, as an Auto Scaling group does with what its health check fails; here it is only counted.
 */
final class PlainThresholds {

    private static final int IN_A_ROW = 3;
    private static final double HEALTHY_SHARE = 0.18;

    private final Truth truth;
    private final Figures.Reference figures;
    private final byte[][] against;
    private final boolean[][] unhealthy;
    private final boolean[] down;

    PlainThresholds(int targets, Truth truth, Figures.Reference figures) {
        this.truth = truth;
        this.figures = figures;
        against = new byte[Zones.COUNT][targets];
        unhealthy = new boolean[Zones.COUNT][targets];
        down = new boolean[targets];
    }

    void observe(int vantage, int target, Node node, boolean healthy) {
        if (healthy != unhealthy[vantage][target]) {
            against[vantage][target] = 0;
            return;
        }
        if (++against[vantage][target] < IN_A_ROW) {
            return;
        }
        against[vantage][target] = 0;
        unhealthy[vantage][target] = !healthy;
        boolean next = !isHealthy(target, node.target().vantages().size());
        if (next && !down[target]) {
            figures.wentDown(truth.isWell(node), truth.isAlive(node));
        }
        down[target] = next;
    }

    private boolean isHealthy(int target, int checkers) {
        int healthy = 0;
        for (int vantage = 0; vantage < checkers; vantage++) {
            healthy += unhealthy[vantage][target] ? 0 : 1;
        }
        return healthy > HEALTHY_SHARE * checkers;
    }
}
