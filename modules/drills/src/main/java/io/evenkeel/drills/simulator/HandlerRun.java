package io.evenkeel.drills.simulator;

import io.evenkeel.core.action.ActionOutcome;
import io.evenkeel.core.action.ActionOutcome.Status;
import io.evenkeel.core.action.Command;
import io.evenkeel.drills.simulator.rule.Happening;
import io.evenkeel.drills.simulator.world.Cloud;
import io.evenkeel.drills.simulator.world.Cloud.Fate;

/**
 * One claimed try at a request: read, ask what speaks against it, call, verify, write the end. A model, step by step, of
 * the actions module's EffectRunner, which waits on threads; its process may die or stand still between any two steps.
 */
final class HandlerRun {

    private static final long CALL_TIMEOUT = 10_000;
    private static final long LAST_CALL_BEGINS = ActionProcess.LEASE - CALL_TIMEOUT - LiveView.MAX_AGE;
    private static final long VERIFY_WITHIN = 90_000;
    private static final long FIRST_PAUSE = 500;
    private static final long MAX_PAUSE = 5_000;

    private final ActionPlane plane;
    private final ActionProcess process;
    private final ActionOutcome claim;
    private final int boot;
    private final long began;
    private long nextPause = FIRST_PAUSE;
    private boolean mayHaveHappened;

    HandlerRun(ActionPlane plane, ActionProcess process, ActionOutcome claim) {
        this.plane = plane;
        this.process = process;
        this.claim = claim;
        this.boot = process.boot();
        this.began = plane.world.now();
    }

    /** @param begun the boot of the process that claimed */
    void begin(int begun) {
        if (begun == boot) {
            then(1, this::read);
        }
    }

    private void then(long delay, Runnable step) {
        plane.world.timeline().in(delay, () -> process.run(boot, step));
    }

    private long elapsed() {
        return plane.world.now() - began;
    }

    private void read() {
        var fate = plane.cloud.fate();
        then(plane.cloud.latency(fate), () -> {
            if (fate != Fate.DONE) {
                retryOrEnd(fate);
            } else if (isThere()) {
                end(mayHaveHappened ? Status.SUCCEEDED : Status.ALREADY_DONE, "there");
            } else {
                act();
            }
        });
    }

    private boolean isThere() {
        return switch (claim.request().command()) {
            case Command.ReplaceInstance replace ->
                plane.cloud.instance(replace.node(), replace.instanceId()) != Cloud.Instance.HEALTHY;
            case Command.FailOver over -> plane.cloud.active(over.service()).equals(over.to());
        };
    }

    private void act() {
        var refusal = plane.parts.refusal(claim.request(), process.live(), process.newestEpoch(claim.request()));
        if (refusal.isPresent()) {
            undone(Status.REFUSED, refusal.get());
        } else if (elapsed() > LAST_CALL_BEGINS) {
            undone(Status.REFUSED, "lease: " + elapsed() + " ms since the claim");
        } else {
            call();
        }
    }

    private void call() {
        plane.world.timeline().note(process.owner() + " calls AWS for " + claim.request().id());
        plane.tell(new Happening.Called(claim));
        var fate = plane.cloud.fate();
        long latency = plane.cloud.latency(fate);
        if (fate.reachesAws()) {
            // Sent is sent: whether anybody lives to hear of it or not.
            plane.world.timeline().in(latency / 2, this::takeEffect);
        }
        then(latency, () -> {
            if (fate == Fate.DONE) {
                nextPause = FIRST_PAUSE;
                verify(elapsed() + VERIFY_WITHIN);
            } else {
                mayHaveHappened |= fate != Fate.THROTTLED;
                retryOrEnd(fate);
            }
        });
    }

    private void takeEffect() {
        boolean changed = switch (claim.request().command()) {
            case Command.ReplaceInstance replace -> plane.cloud.markUnhealthy(replace.node(), replace.instanceId());
            case Command.FailOver over -> plane.cloud.switchTo(over.service(), over.to());
        };
        if (changed) {
            plane.world.timeline().note("AWS did " + claim.request().id());
            plane.tell(new Happening.TookEffect(claim.request()));
        }
    }

    private void verify(long until) {
        var fate = plane.cloud.fate();
        then(plane.cloud.latency(fate), () -> {
            if (fate == Fate.DONE && isThere()) {
                end(Status.SUCCEEDED, "done");
            } else if (elapsed() >= until) {
                end(Status.UNKNOWN_EFFECT, "not confirmed");
            } else {
                then(backOff(), () -> verify(until));
            }
        });
    }

    private void retryOrEnd(Fate fate) {
        long pause = backOff();
        if (elapsed() + pause > LAST_CALL_BEGINS) {
            undone(Status.FAILED, fate.name());
        } else {
            then(pause, this::read);
        }
    }

    private long backOff() {
        long pause = nextPause;
        nextPause = Math.min(2 * nextPause, MAX_PAUSE);
        return pause + plane.world.chance().between(0, pause / 4);
    }

    private void undone(Status status, String detail) {
        end(mayHaveHappened ? Status.UNKNOWN_EFFECT : status, detail);
    }

    private void end(Status status, String detail) {
        then(plane.world.chance().between(5, 50), () -> process.ended(new ActionOutcome(claim.request(), status,
                claim.owner(), claim.attempt(), claim.leaseUntil(), process.live().stamp(), detail)));
    }
}
