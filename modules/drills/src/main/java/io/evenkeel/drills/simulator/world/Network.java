package io.evenkeel.drills.simulator.world;

import java.util.ArrayList;
import java.util.List;

/**
 * What lies between vantages and zones. Cuts and losses here are the observers' failures, never the targets': the
 * clusters' own network is part of a {@link Node}.
 */
public final class Network {

    private final double lost;
    private final int[][] cuts = new int[Zones.COUNT][Zones.COUNT];
    private final double[][] burst = new double[Zones.COUNT][Zones.COUNT];
    private final List<Spells> troubled = new ArrayList<>();

    /** @param lost share of probes that are lost with nothing wrong, 0 to 1 */
    Network(double lost) {
        this.lost = lost;
        for (int vantage = 0; vantage < Zones.COUNT; vantage++) {
            troubled.add(new Spells());
        }
    }

    public void cut(int vantage, int zone) {
        cuts[vantage][zone]++;
    }

    public void heal(int vantage, int zone) {
        cuts[vantage][zone]--;
    }

    /** @param share of probes that are lost from now on; 0 ends it */
    public void burst(int vantage, int zone, double share) {
        burst[vantage][zone] = share;
    }

    public boolean isCut(int vantage, int zone) {
        return cuts[vantage][zone] > 0;
    }

    /** Whether one probe is lost. */
    public boolean loses(int vantage, int zone, Chance chance) {
        return chance.happens(Math.max(lost, burst[vantage][zone]));
    }

    /** When something was wrong with a vantage: its agent, its host, its network. */
    public Spells troubled(int vantage) {
        return troubled.get(vantage);
    }

    /** Vantages with which something was wrong at any moment of a span. */
    public int troubledWithin(long from, long to) {
        int count = 0;
        for (var spells : troubled) {
            count += spells.within(from, to) ? 1 : 0;
        }
        return count;
    }
}
