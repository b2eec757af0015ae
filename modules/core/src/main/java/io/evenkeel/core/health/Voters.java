package io.evenkeel.core.health;

/**
 * The arithmetic of master elections, by the nodes that are expected.
 *
 * @param expected master-eligible nodes that should be there
 * @param up of these, nodes that are UP
 * @param needed a majority of those expected
 */
public record Voters(int expected, int up, int needed) {

    public static Voters of(int expected, int up) {
        return new Voters(expected, up, expected / 2 + 1);
    }

    @Override
    public String toString() {
        return up + " of " + expected + " voters up, " + needed + " needed";
    }
}
