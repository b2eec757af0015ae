package io.evenkeel.drills.simulator.world;

import io.evenkeel.core.cluster.Vantage;
import java.util.List;

/** Three Availability Zones with a vantage in each. */
public final class Zones {

    public static final int COUNT = 3;

    private static final List<String> NAMES = List.of("zone-a", "zone-b", "zone-c");
    private static final List<Vantage> VANTAGES = List.of(new Vantage("vantage-a", NAMES.get(0)),
            new Vantage("vantage-b", NAMES.get(1)), new Vantage("vantage-c", NAMES.get(2)));

    private Zones() {}

    public static String name(int zone) {
        return NAMES.get(zone);
    }

    /** @param count 2 or 3 */
    public static List<Vantage> vantages(int count) {
        return VANTAGES.subList(0, count);
    }
}
