package io.evenkeel.drills.simulator;

import io.evenkeel.core.action.ActionOutcome;
import io.evenkeel.core.action.ActionOutcome.Status;
import io.evenkeel.core.action.ActionRequest;
import io.evenkeel.core.action.ClaimLedger;
import io.evenkeel.core.action.ClaimLedger.Verdict;
import io.evenkeel.core.action.Command;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A process that carries out requests: it may die at any step, stand still, or lose touch with its intents. What it does
 * with a request the real {@link ClaimLedger} says.
 */
final class ActionProcess {

    /** How long a claim gives its owner. Milliseconds, as all here. */
    static final long LEASE = 60_000;
    private static final long HEARING = 300;

    private final ActionPlane plane;
    private final int number;
    private final List<Consumer<LiveView>> unheard = new ArrayList<>();
    private final List<Runnable> afterPause = new ArrayList<>();
    private final Set<String> busy = new HashSet<>();
    private ClaimLedger ledger = new ClaimLedger();
    private LiveView live;
    private int outcomesRead;
    private int boot;
    private boolean running;
    private boolean paused;
    private boolean deaf;
    private int stepsToDeath = Integer.MAX_VALUE;
    private long silentSince = Long.MIN_VALUE;

    ActionProcess(ActionPlane plane, int number) {
        this.plane = plane;
        this.number = number;
        this.live = new LiveView(plane.world::now);
    }

    int number() {
        return number;
    }

    int boot() {
        return boot;
    }

    LiveView live() {
        return live;
    }

    boolean isRunning() {
        return running;
    }

    /** Whether it takes part in the group. */
    boolean isPresent() {
        return running && !paused;
    }

    boolean isSilentSince(long since) {
        return silentSince == since && !isPresent();
    }

    String owner() {
        return "actions-" + number + "/" + boot;
    }

    long newestEpoch(ActionRequest request) {
        return request.command() instanceof Command.FailOver over ? ledger.newestEpoch(over.service()) : 0;
    }

    void start() {
        boot++;
        running = true;
        paused = false;
        deaf = false;
        stepsToDeath = Integer.MAX_VALUE;
        live = new LiveView(plane.world::now);
        ledger = new ClaimLedger();
        outcomesRead = 0;
        busy.clear();
        unheard.clear();
        afterPause.clear();
        // Intents are read from the beginning before anything is done.
        plane.intents().values().forEach(live::put);
        plane.world.timeline().note(owner() + " starts");
        plane.rebalance();
    }

    void die() {
        if (running) {
            plane.world.timeline().note(owner() + " dies");
            running = false;
            paused = false;
            silentSince = plane.world.now();
            plane.silent(this, silentSince);
            plane.world.timeline().in(plane.world.chance().between(2_000, 60_000), this::start);
        }
    }

    /** It dies when it has begun so many more steps of handlers. */
    void dieAfter(int steps) {
        stepsToDeath = steps;
    }

    boolean diesNow() {
        if (stepsToDeath == Integer.MAX_VALUE || stepsToDeath-- > 0) {
            return false;
        }
        die();
        return true;
    }

    void pause(long millis) {
        if (!isPresent()) {
            return;
        }
        plane.world.timeline().note(owner() + " stands still for " + millis + " ms");
        paused = true;
        silentSince = plane.world.now();
        plane.silent(this, silentSince);
        int paused = boot;
        plane.world.timeline().in(millis, () -> {
            if (running && boot == paused) {
                wake();
            }
        });
    }

    private void wake() {
        plane.world.timeline().note(owner() + " goes on");
        paused = false;
        var tasks = List.copyOf(afterPause);
        afterPause.clear();
        tasks.forEach(Runnable::run);
        if (!deaf) {
            hearAll();
        }
        plane.rebalance();
    }

    /** Runs a step of a handler now, or once it no longer stands still. */
    void run(int begun, Runnable step) {
        if (!running || boot != begun) {
            return;
        }
        if (paused) {
            afterPause.add(() -> run(begun, step));
        } else if (!diesNow()) {
            step.run();
        }
    }

    /** Its consumer of intents gets nothing for a while. */
    void deafen(long millis) {
        int begun = boot;
        deaf = true;
        plane.world.timeline().in(millis, () -> {
            if (running && boot == begun) {
                deaf = false;
                hearAll();
            }
        });
    }

    void hear(Consumer<LiveView> change) {
        int begun = boot;
        if (!running) {
            return;
        }
        plane.world.timeline().in(plane.world.chance().between(5, HEARING), () -> {
            if (running && boot == begun) {
                unheard.add(change);
                if (!paused && !deaf) {
                    hearAll();
                }
            }
        });
    }

    private void hearAll() {
        unheard.forEach(change -> change.accept(live));
        unheard.clear();
    }

    void ticked(Instant appended) {
        if (isPresent()) {
            live.tick(appended);
            if (!deaf) {
                live.intentsComplete(plane.world.now() - HEARING);
            }
            work();
        }
    }

    void work() {
        if (!isPresent()) {
            return;
        }
        while (outcomesRead < plane.outcomes().size()) {
            ledger.observe(plane.outcomes().get(outcomesRead++));
        }
        var now = live.nowForClaims();
        if (now.isPresent()) {
            plane.lanesOf(this).forEach(lane -> advance(lane, now.get()));
        }
    }

    private void advance(ActionPlane.Lane lane, Instant now) {
        for (var request : ledger.unfinished(mine -> isFree(lane, mine))) {
            if (isFree(lane, request) && decided(request, now) instanceof Verdict.Recover(var attempt)) {
                claim(lane, request, attempt, now, lane.position);
            }
        }
        while (lane.position < lane.requests.size()) {
            var head = lane.requests.get(lane.position);
            boolean free = isFree(lane, head) && ledger.unfinished(
                    other -> other.serialKey().equals(head.serialKey()) && isIn(lane, other)).isEmpty();
            if (!free || !isTaken(lane, head, now)) {
                return;
            }
        }
    }

    private boolean isFree(ActionPlane.Lane lane, ActionRequest request) {
        return isIn(lane, request) && !busy.contains(request.serialKey());
    }

    private static boolean isIn(ActionPlane.Lane lane, ActionRequest request) {
        return ActionPlane.lane(request.serialKey()) == lane.number;
    }

    private Verdict decided(ActionRequest request, Instant now) {
        return plane.parts.claim(ledger, request, now);
    }

    /** Whether the head of its partition is dealt with. */
    private boolean isTaken(ActionPlane.Lane lane, ActionRequest head, Instant now) {
        return switch (decided(head, now)) {
            case Verdict.Claim() -> claim(lane, head, 1, now, lane.position + 1);
            case Verdict.Recover(var attempt) -> claim(lane, head, attempt, now, lane.position + 1);
            case Verdict.Skip _ -> {
                lane.position++;
                yield true;
            }
            case Verdict.WaitUntil _ -> false;
        };
    }

    private boolean claim(ActionPlane.Lane lane, ActionRequest request, int attempt, Instant now, int nextPosition) {
        int begun = boot;
        if (diesNow()) {
            return false;
        }
        var started = new ActionOutcome(request, Status.STARTED, owner(), attempt, now.plusMillis(LEASE), now,
                "claimed");
        if (!plane.claim(this, lane, started, nextPosition)) {
            return false;
        }
        ledger.observe(started);
        busy.add(request.serialKey());
        new HandlerRun(plane, this, started).begin(begun);
        return true;
    }

    void ended(ActionOutcome end) {
        plane.write(end);
        ledger.observe(end);
        busy.remove(end.request().serialKey());
        work();
    }
}
