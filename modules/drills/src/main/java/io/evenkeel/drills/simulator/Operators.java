package io.evenkeel.drills.simulator;

import io.evenkeel.core.alert.Alert.Severity;
import io.evenkeel.core.decision.Decision;
import io.evenkeel.core.decision.Decision.Action;
import io.evenkeel.core.decision.Decision.Verdict;
import io.evenkeel.core.decision.Intent;
import io.evenkeel.core.decision.Order;
import io.evenkeel.core.notification.Notification;
import io.evenkeel.drills.simulator.Mode.Arming;
import io.evenkeel.drills.simulator.world.Chance;
import io.evenkeel.drills.simulator.world.World;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * People: they hold, maintain, silence and brake, and release; arm and disarm; approve and acknowledge what waits for
 * them, most of it; from hosts whose clocks are up to five minutes wrong.
 */
final class Operators {

    private static final long MINUTE = 60_000;
    private static final long WRONG_CLOCK = 5 * MINUTE;
    private static final String NAME = "operator";
    private static final String REASON = "simulated";

    private final World world;
    private final Mode mode;
    private final Chance chance;
    private final ActionPlane actions;
    private final Consumer<Order> orders;
    private int given;

    /** @param orders takes what is written to {@code orders} */
    Operators(World world, Mode mode, ActionPlane actions, Consumer<Order> orders) {
        this.world = world;
        this.mode = mode;
        this.chance = world.chance();
        this.actions = actions;
        this.orders = orders;
    }

    void plan() {
        var subjects = new ArrayList<String>();
        world.clusters().forEach(cluster -> subjects.add(cluster.id().value()));
        world.services().forEach(service -> subjects.add(service.id().value()));
        recurring(0.1 * subjects.size(), () -> give(Intent.Kind.HOLD, chance.oneOf(subjects), 60 * MINUTE));
        recurring(0.05 * subjects.size(), () -> give(Intent.Kind.MAINTENANCE, chance.oneOf(subjects), 60 * MINUTE));
        recurring(0.05 * world.clusters().size(), () -> give(Intent.Kind.SILENCE,
                chance.oneOf(world.clusters()).id().value(), 60 * MINUTE));
        recurring(0.1, () -> give(Intent.Kind.HOLD, Intent.EVERYTHING, 60 * MINUTE));
        recurring(0.1, () -> give(Intent.Kind.BRAKE, Intent.EVERYTHING, 60 * MINUTE));
        if (mode.arming() == Arming.BY_PEOPLE) {
            var armed = new ArrayList<>(subjects);
            subjects.forEach(subject -> armed.addAll(List.of(subject + "/" + Action.REPLACE_INSTANCE.label(),
                    subject + "/" + Action.FAIL_OVER.label())));
            recurring(0.2 * subjects.size(), () -> give(Intent.Kind.ARM, chance.oneOf(armed), 6 * 60 * MINUTE));
            recurring(0.3, () -> give(Intent.Kind.ARM, Intent.EVERYTHING, 3 * 60 * MINUTE));
        }
    }

    private void recurring(double perHour, Runnable order) {
        world.timeline().in(chance.untilNext(perHour), () -> {
            order.run();
            recurring(perHour, order);
        });
    }

    private void give(Intent.Kind kind, String subject, long longest) {
        long lasts = chance.between(MINUTE, longest);
        var expires = kind == Intent.Kind.BRAKE ? Instant.MAX : onAWrongClock(lasts);
        actions.give(new Intent(kind, subject, NAME, REASON, world.timeline().instant(), expires));
        if (kind == Intent.Kind.BRAKE || chance.happens(0.7)) {
            world.timeline().in(chance.between(MINUTE / 2, lasts), () -> release(kind, subject));
        }
    }

    private Instant onAWrongClock(long later) {
        return Instant.ofEpochMilli(world.now() + later + chance.between(-WRONG_CLOCK, WRONG_CLOCK));
    }

    /** A brake ends by a person's name, all else by a tombstone. */
    private void release(Intent.Kind kind, String subject) {
        if (kind == Intent.Kind.BRAKE) {
            actions.give(Intent.brakeRelease(NAME, REASON, world.timeline().instant()));
        } else {
            actions.release(Intent.key(kind, subject));
        }
    }

    /** DECISION has stopped itself: somebody looks, and lets it go on. */
    void stopped(Intent brake) {
        world.timeline().in(chance.between(MINUTE, 60 * MINUTE), () -> release(brake.kind(), brake.subject()));
    }

    /** What waits for a person, or blocks until one has looked, may find one: a storm pages, so most of them do. */
    void decided(Decision decision) {
        if (decision.verdict() == Verdict.WAIT && decision.decidedBy().equals("approval")) {
            if (chance.happens(0.8)) {
                world.timeline().in(chance.between(5_000, 10 * MINUTE), () -> approve(decision));
            }
        } else if (decision.verdict() == Verdict.ACT && chance.happens(looksAt(decision.action()))) {
            world.timeline().in(chance.between(MINUTE / 2, 15 * MINUTE),
                    () -> order(Order.Kind.ACKNOWLEDGE, decision.incident(), 0));
        }
    }

    /** Whoever is paged acknowledges a third of it, whatever it is. */
    void notified(Notification told) {
        if (told.severity() == Severity.PAGE && told.by().isEmpty() && told.kind() != Notification.Kind.RESOLVED
                && chance.happens(0.3)) {
            world.timeline().in(chance.between(MINUTE / 2, 15 * MINUTE),
                    () -> order(Order.Kind.ACKNOWLEDGE, told.incident(), 0));
        }
    }

    private static double looksAt(Action action) {
        return switch (action) {
            case FREEZE -> 0.7;
            case REPLACE_INSTANCE, ZONAL_SHIFT -> 0.3;
            case FAIL_OVER -> 0;
        };
    }

    /** Of the version that was seen, of whatever it is, or, by mistake, of another one; now and then told twice. */
    private void approve(Decision decision) {
        int version = chance.below(10);
        order(Order.Kind.APPROVE, decision.incident(),
                version < 2 ? decision.transitionVersion() - 1 : version < 5 ? 0 : decision.transitionVersion());
    }

    private void order(Order.Kind kind, String incident, long version) {
        var order = new Order("order-" + ++given, kind, incident, NAME, REASON, world.timeline().instant(),
                onAWrongClock(chance.between(MINUTE, 30 * MINUTE)), version);
        world.timeline().note(NAME + " gives " + kind + " of " + incident + ", version " + version + ", until "
                + order.expiresAt());
        orders.accept(order);
        if (chance.happens(0.1)) {
            world.timeline().in(chance.between(1_000, 10 * MINUTE), () -> orders.accept(order));
        }
    }
}
