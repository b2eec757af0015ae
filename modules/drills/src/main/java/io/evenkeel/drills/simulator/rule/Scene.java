package io.evenkeel.drills.simulator.rule;

import io.evenkeel.core.policy.PolicySet;
import io.evenkeel.drills.simulator.world.World;

/**
 * What rules are judged before.
 *
 * @param world the truth
 * @param policy the numbers that hold all through
 */
public record Scene(World world, PolicySet policy) {

    long now() {
        return world.now();
    }
}
