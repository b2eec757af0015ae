package io.evenkeel.drills.simulator;

import io.evenkeel.core.decision.DecisionPolicy;
import io.evenkeel.core.health.HealthPolicy;
import io.evenkeel.core.policy.PolicySet;
import io.evenkeel.drills.simulator.world.World;
import java.time.Duration;
import java.util.TreeMap;

/** The numbers that a simulation goes by: the defaults of the configuration. */
final class Policies {

    private static final String REVISION = "simulated";

    private Policies() {}

    /** @param armed whether anything may be done at all */
    static PolicySet of(World world, boolean armed) {
        var services = world.services().stream().map(service -> new DecisionPolicy.Service(service.id(),
                service.primary().id(), service.standby().id())).toList();
        var decision = new DecisionPolicy(REVISION, armed, Duration.ofSeconds(60), Duration.ofSeconds(60),
                Duration.ofMinutes(30), Duration.ofMinutes(5), Duration.ofMinutes(15), Duration.ofSeconds(30), 3, false,
                services);
        return new PolicySet(HealthPolicy.defaults(REVISION), new TreeMap<>(), decision);
    }
}
