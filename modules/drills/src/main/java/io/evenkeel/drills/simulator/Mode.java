package io.evenkeel.drills.simulator;

import io.evenkeel.core.decision.SafetyPolicy.Facts;

/**
 * How much a world leaves to the machine, by its seed: the same for every seed of a residue.
 *
 * @param arming who lets anything be done
 * @param facts what a fact that is missing or too old means
 * @param approval whether a person must approve each action
 */
record Mode(Arming arming, Facts.Use facts, boolean approval) {

    private static final int RESIDUES = 8;

    enum Arming {
        BY_CONFIGURATION,
        /** Dry-run at first; people arm and disarm this and that. */
        BY_PEOPLE, NEVER
    }

    static Mode of(long seed) {
        var arming = switch (Math.floorMod(seed, RESIDUES)) {
            case RESIDUES - 1 -> Arming.NEVER;
            case 1, 5 -> Arming.BY_PEOPLE;
            default -> Arming.BY_CONFIGURATION;
        };
        var uses = Facts.Use.values();
        return new Mode(arming, uses[Math.floorMod(seed, uses.length)], Math.floorMod(seed, RESIDUES) == 2
                || Math.floorMod(seed, RESIDUES) == 5);
    }
}
