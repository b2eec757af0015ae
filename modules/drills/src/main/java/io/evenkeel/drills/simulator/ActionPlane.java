package io.evenkeel.drills.simulator;

import io.evenkeel.core.action.ActionOutcome;
import io.evenkeel.core.action.ActionRequest;
import io.evenkeel.core.decision.DecisionInput;
import io.evenkeel.core.decision.Intent;
import io.evenkeel.drills.simulator.rule.Happening;
import io.evenkeel.drills.simulator.world.Cloud;
import io.evenkeel.drills.simulator.world.World;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * {@code action-requests}, {@code action-outcomes} and {@code intents}, and the processes that share the work. A model of
 * the actions module's ClaimLoop and Claims: a claim and the position of its request are written in one transaction,
 * which fails for who is no longer the owner of the partition.
 */
final class ActionPlane {

    private static final int LANES = 4;
    private static final int PROCESSES = 2;
    /** Until the group gives away what a silent member owns. Milliseconds. */
    private static final long SESSION = 10_000;

    final World world;
    final Cloud cloud;
    final Parts parts;
    private final Consumer<Happening> happenings;
    private final DecisionPlane decision;
    private final List<Lane> lanes = new ArrayList<>();
    private final List<ActionProcess> processes = new ArrayList<>();
    private final List<ActionOutcome> outcomes = new ArrayList<>();
    private final Map<String, Intent> intents = new TreeMap<>();

    /** One partition of {@code action-requests}. */
    static final class Lane {
        final int number;
        final List<ActionRequest> requests = new ArrayList<>();
        int position;
        int owner = -1;

        Lane(int number) {
            this.number = number;
        }
    }

    ActionPlane(World world, Cloud cloud, Parts parts, Consumer<Happening> happenings, DecisionPlane decision) {
        this.world = world;
        this.cloud = cloud;
        this.parts = parts;
        this.happenings = happenings;
        this.decision = decision;
        for (int lane = 0; lane < LANES; lane++) {
            lanes.add(new Lane(lane));
        }
        for (int process = 0; process < PROCESSES; process++) {
            processes.add(new ActionProcess(this, process));
        }
    }

    void start() {
        processes.forEach(ActionProcess::start);
        rebalance();
    }

    List<ActionProcess> processes() {
        return processes;
    }

    List<Lane> lanesOf(ActionProcess process) {
        return lanes.stream().filter(lane -> lane.owner == process.number()).toList();
    }

    static int lane(String serialKey) {
        return Math.floorMod(serialKey.hashCode(), LANES);
    }

    List<ActionOutcome> outcomes() {
        return outcomes;
    }

    Map<String, Intent> intents() {
        return intents;
    }

    void tell(Happening happening) {
        happenings.accept(happening);
    }

    void requested(ActionRequest request) {
        world.timeline().note("requested " + request.id());
        world.timeline().in(world.chance().between(1, 50), () -> {
            lanes.get(lane(request.serialKey())).requests.add(request);
            processes.forEach(ActionProcess::work);
        });
    }

    /** What was asked for before is read once more, as after a reset of the group's position. */
    void replay() {
        lanes.forEach(lane -> lane.position = 0);
    }

    void ticked(Instant appended) {
        processes.forEach(process -> process.ticked(appended));
    }

    void give(Intent intent) {
        world.timeline().note(intent.by() + " gives " + intent.key() + " until " + intent.expiresAt());
        intents.put(intent.key(), intent);
        tell(new Happening.IntentGiven(intent));
        decision.copy("intents", new DecisionInput.IntentSet(intent));
        processes.forEach(process -> process.hear(live -> live.put(intent)));
    }

    void release(String key) {
        if (intents.remove(key) != null) {
            world.timeline().note("released " + key);
            tell(new Happening.IntentReleased(key));
            decision.copy("intents", new DecisionInput.IntentReleased(key));
            processes.forEach(process -> process.hear(live -> live.release(key)));
        }
    }

    /** Whether the transaction stands. */
    boolean claim(ActionProcess process, Lane lane, ActionOutcome started, int nextPosition) {
        if (lane.owner != process.number() && parts.fencesZombies()) {
            return false;
        }
        lane.position = nextPosition;
        write(started);
        return true;
    }

    void write(ActionOutcome outcome) {
        world.timeline().note(outcome.request().id() + " " + outcome.status() + " by " + outcome.owner() + ", attempt "
                + outcome.attempt() + ": " + outcome.detail());
        outcomes.add(outcome);
        tell(new Happening.OutcomeWritten(outcome));
        decision.copy("outcomes", new DecisionInput.OutcomeReported(outcome));
    }

    /** A process went silent: what it owns goes to others once its session is over. */
    void silent(ActionProcess process, long since) {
        world.timeline().in(SESSION, () -> {
            if (process.isSilentSince(since)) {
                lanes.stream().filter(lane -> lane.owner == process.number()).forEach(lane -> lane.owner = -1);
                rebalance();
            }
        });
    }

    /** Gives each partition that nobody owns, or one too many, to whoever is there. */
    void rebalance() {
        var present = processes.stream().filter(ActionProcess::isPresent).toList();
        if (present.isEmpty()) {
            return;
        }
        for (var lane : lanes) {
            var process = present.get((lane.number + (int) (world.timeline().events() % PROCESSES)) % present.size());
            lane.owner = process.number();
        }
        present.forEach(ActionProcess::work);
    }
}
