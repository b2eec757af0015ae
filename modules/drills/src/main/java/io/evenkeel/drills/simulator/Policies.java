package io.evenkeel.drills.simulator;

import io.evenkeel.core.decision.DecisionPolicy;
import io.evenkeel.core.decision.SafetyPolicy;
import io.evenkeel.core.health.HealthPolicy;
import io.evenkeel.core.notification.NotificationPolicy;
import io.evenkeel.core.notification.Route;
import io.evenkeel.core.policy.PolicySet;
import io.evenkeel.drills.simulator.Mode.Arming;
import io.evenkeel.drills.simulator.world.World;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** The numbers that a simulation goes by: the defaults of the configuration, but for what its mode says. */
final class Policies {

    private static final String REVISION = "simulated";

    private Policies() {}

    /** One pager for all, an incident for each cluster. */
    static NotificationPolicy notifications() {
        var usual = NotificationPolicy.nobody();
        var route = usual.route();
        return new NotificationPolicy(new Route(route.path(), route.matchers(), route.hours(), List.of("pager"),
                route.groupBy(), route.pace(), route.escalation(), route.goesOn(), route.routes()),
                usual.inhibitions(), usual.heartbeat(), usual.testPage(), usual.links(), usual.services());
    }

    static PolicySet of(World world, Mode mode) {
        var services = world.services().stream().map(service -> new DecisionPolicy.Service(service.id(),
                service.primary().id(), service.standby().id())).toList();
        var usual = SafetyPolicy.defaults();
        var safety = usual.with(new SafetyPolicy.Facts(mode.facts(), usual.facts().maxAge()))
                .withApproval(mode.approval() ? SafetyPolicy.doable() : Set.of());
        var decision = DecisionPolicy.defaults(REVISION, services)
                .withArmed(mode.arming() == Arming.BY_CONFIGURATION).with(safety);
        return new PolicySet(HealthPolicy.defaults(REVISION), new TreeMap<>(), decision);
    }
}
