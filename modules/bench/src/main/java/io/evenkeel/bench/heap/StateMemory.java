package io.evenkeel.bench.heap;

import io.evenkeel.bench.BenchOptions;
import io.evenkeel.bench.Figure;
import io.evenkeel.bench.Fleet;
import io.evenkeel.bench.Goal;
import io.evenkeel.bench.Wire;
import java.io.IOException;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import javax.management.JMException;

/** Live heap of HEALTH's state, for each target of a fleet that is in order. */
public final class StateMemory {

    /** goals.md, row 11. */
    private static final double GOAL_BYTES = 200;

    private static final int NODES = 100;

    private StateMemory() {}

    public static List<Figure> measure(BenchOptions options) throws IOException, JMException {
        var figures = new ArrayList<Figure>();
        try (var wire = new Wire()) {
            // The first one also loads classes and fills caches.
            perTarget(new Fleet(10, NODES), wire);
            for (int targets : options.quick() ? List.of(10_000) : List.of(100_000, 1_000_000)) {
                options.say("%,d targets in clusters of %d".formatted(targets, NODES));
                figures.add(Figure.of("live heap per target, %,d targets".formatted(targets), "B",
                        perTarget(new Fleet(targets / NODES, NODES), wire), Goal.atMost(GOAL_BYTES)));
            }
        }
        return figures;
    }

    private static double perTarget(Fleet fleet, Wire wire) throws JMException {
        long before = LiveHeap.bytes();
        var world = HealthWorld.inOrder(fleet, wire);
        try {
            return (double) (LiveHeap.bytes() - before) / fleet.targets();
        } finally {
            Reference.reachabilityFence(world);
        }
    }
}
