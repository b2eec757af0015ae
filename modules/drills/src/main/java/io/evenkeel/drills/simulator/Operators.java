package io.evenkeel.drills.simulator;

import io.evenkeel.core.decision.Decision;
import io.evenkeel.core.decision.Intent;
import io.evenkeel.core.decision.Order;
import io.evenkeel.drills.simulator.world.Chance;
import io.evenkeel.drills.simulator.world.World;
import java.time.Instant;
import java.util.ArrayList;

/**
 * People: they hold, maintain and brake, release, and look at storms, from hosts whose clocks are up to five minutes wrong.
 */
final class Operators {

    private static final long MINUTE = 60_000;
    private static final long WRONG_CLOCK = 5 * MINUTE;

    private final World world;
    private final Chance chance;
    private final ActionPlane actions;
    private int orders;

    Operators(World world, ActionPlane actions) {
        this.world = world;
        this.chance = world.chance();
        this.actions = actions;
    }

    void plan() {
        var subjects = new ArrayList<String>();
        world.clusters().forEach(cluster -> subjects.add(cluster.id().value()));
        world.services().forEach(service -> subjects.add(service.id().value()));
        recurring(0.1 * subjects.size(), () -> give(Intent.Kind.HOLD, chance.oneOf(subjects)));
        recurring(0.05 * subjects.size(), () -> give(Intent.Kind.MAINTENANCE, chance.oneOf(subjects)));
        recurring(0.1, () -> give(Intent.Kind.HOLD, "*"));
        recurring(0.1, () -> give(Intent.Kind.BRAKE, "*"));
    }

    private void recurring(double perHour, Runnable order) {
        world.timeline().in(chance.untilNext(perHour), () -> {
            order.run();
            recurring(perHour, order);
        });
    }

    private void give(Intent.Kind kind, String subject) {
        long lasts = chance.between(MINUTE, 60 * MINUTE);
        var expires = kind == Intent.Kind.BRAKE
                ? Instant.MAX
                : Instant.ofEpochMilli(world.now() + lasts + chance.between(-WRONG_CLOCK, WRONG_CLOCK));
        actions.give(new Intent(kind, subject, "operator", "simulated", world.timeline().instant(), expires));
        if (kind == Intent.Kind.BRAKE || chance.happens(0.7)) {
            world.timeline().in(chance.between(MINUTE / 2, lasts), () -> release(kind, subject));
        }
    }

    /** A brake ends by a person's name, all else by a tombstone. */
    private void release(Intent.Kind kind, String subject) {
        if (kind == Intent.Kind.BRAKE) {
            actions.give(Intent.brakeRelease("operator", "simulated", world.timeline().instant()));
        } else {
            actions.release(Intent.key(kind, subject));
        }
    }

    /** A storm pages: most of the time somebody looks, and says go on. */
    void paged(Decision decision) {
        if (decision.action() == Decision.Action.FREEZE && decision.verdict() == Decision.Verdict.ACT
                && chance.happens(0.7)) {
            world.timeline().in(chance.between(MINUTE / 2, 15 * MINUTE), () -> actions.give(new Order(
                    "order-" + ++orders, Order.Kind.ACKNOWLEDGE, decision.incident(), "operator", "simulated",
                    world.timeline().instant(), world.timeline().instant().plusMillis(10 * MINUTE + WRONG_CLOCK), 0)));
        }
    }

    /** DECISION has stopped itself: somebody looks, and lets it go on. */
    void stopped(Intent brake) {
        world.timeline().in(chance.between(MINUTE, 60 * MINUTE), () -> release(brake.kind(), brake.subject()));
    }
}
