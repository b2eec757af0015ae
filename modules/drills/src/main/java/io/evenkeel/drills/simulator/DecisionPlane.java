package io.evenkeel.drills.simulator;

import io.evenkeel.core.action.ActionRequest;
import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.decision.Decision;
import io.evenkeel.core.decision.DecisionInput;
import io.evenkeel.core.decision.DecisionOutput;
import io.evenkeel.core.decision.DecisionPolicy;
import io.evenkeel.core.decision.DecisionState;
import io.evenkeel.core.decision.Intent;
import io.evenkeel.drills.simulator.rule.Happening;
import io.evenkeel.drills.simulator.world.World;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * DECISION: copies what matters into the one order of {@code decision-inputs}, and decides in it. Models what the
 * topology's DecisionProcessor gets from Kafka: state, position and outputs are committed as one. Copies of one source
 * keep their order, those of different sources mix.
 */
final class DecisionPlane implements PipelineTask {

    private final World world;
    private final DecisionPolicy policy;
    private final Parts parts;
    private final Consumer<Happening> happenings;
    private final Outputs outputs;
    private final Log<DecisionInput> log = new Log<>();
    private final Deque<DecisionInput> uncopied = new ArrayDeque<>();
    private final Map<String, Long> copiedUntil = new HashMap<>();
    private DecisionState committedState;
    private long committed;
    private long clockSkew;
    private boolean frozen;
    private @Nullable Task owner;
    private @Nullable Task zombie;
    private @Nullable Runnable death;

    /** Who reads what DECISION writes, and the log it goes by. */
    interface Outputs {
        void requested(ActionRequest request);

        void decided(Decision decision);

        /** An intent of DECISION's own: the brake has tripped itself. */
        void raised(Intent intent);

        void appended();
    }

    /** What an owner has in memory. */
    private final class Task {
        private final List<DecisionOutput> uncommitted = new ArrayList<>();
        private DecisionState state = committedState;
        private long position = committed;
        private Instant now = Instant.EPOCH;
        private boolean over;

        private void readOn() {
            while (!over && position < log.end()) {
                var appended = Instant.ofEpochMilli(log.appendedAt(position));
                now = appended.isAfter(now) ? appended : now;
                take(log.value(position++));
            }
        }

        private void take(DecisionInput input) {
            if (this == owner) {
                happenings.accept(new Happening.Told(input));
            }
            var step = parts.decide(state, policy, input, now);
            state = step.state();
            uncommitted.addAll(step.outputs());
            if (!uncommitted.isEmpty() || input instanceof DecisionInput.Ticked) {
                over = !commit(this);
            }
        }
    }

    /** @param partitions which partition of HEALTH judges a cluster */
    DecisionPlane(World world, DecisionPolicy policy, Parts parts, Consumer<Happening> happenings, Outputs outputs,
            ToIntFunction<ClusterId> partitions) {
        this.world = world;
        this.policy = policy;
        this.parts = parts;
        this.happenings = happenings;
        this.outputs = outputs;
        committedState = DecisionState.empty(partitions);
    }

    /** A record on a topic that DECISION copies. */
    void copy(String source, DecisionInput input) {
        long at = Math.max(world.now() + world.chance().between(1, 50), copiedUntil.getOrDefault(source, 0L));
        copiedUntil.put(source, at);
        world.timeline().in(at - world.now(), () -> {
            if (owner == null || frozen) {
                uncopied.add(input);
            } else {
                append(input);
            }
        });
    }

    /** What comes from there is copied later, in its order. */
    void stall(String source, long millis) {
        copiedUntil.merge(source, world.now() + millis, Math::max);
    }

    /** A record that is there now: a tick, or a copy. */
    void append(DecisionInput input) {
        log.append(world.now() + clockSkew, input, committed);
        outputs.appended();
        readOn();
    }

    /** Whoever was told of something is told again, as after a reset of the copier's position. */
    void repeat(int newest) {
        var again = new ArrayList<DecisionInput>();
        for (long offset = Math.max(log.firstFrom(0), log.end() - newest); offset < log.end(); offset++) {
            if (!(log.value(offset) instanceof DecisionInput.Ticked)) {
                again.add(log.value(offset));
            }
        }
        again.forEach(this::append);
    }

    Log<DecisionInput> log() {
        return log;
    }

    void clockSkew(long millis) {
        clockSkew = millis;
    }

    private boolean commit(Task task) {
        if (task != owner && parts.fencesZombies()) {
            return false;
        }
        var dies = death;
        if (dies != null && !task.uncommitted.isEmpty()) {
            death = null;
            dies.run();
            return false;
        }
        committedState = task.state;
        committed = task.position;
        var told = List.copyOf(task.uncommitted);
        task.uncommitted.clear();
        told.forEach(this::tell);
        happenings.accept(new Happening.DecisionKept(committedState));
        return true;
    }

    private void tell(DecisionOutput output) {
        switch (output) {
            case DecisionOutput.Decided(var decision) -> {
                world.timeline().note("decided on " + decision.subject() + ": " + decision.action() + " "
                        + decision.verdict() + ", " + decision.reason());
                happenings.accept(new Happening.Decided(decision));
                outputs.decided(decision);
            }
            case DecisionOutput.Requested(var request) -> {
                happenings.accept(new Happening.Requested(request));
                outputs.requested(request);
            }
            case DecisionOutput.IntentRaised(var intent) -> outputs.raised(intent);
            case DecisionOutput.ServiceChanged(var transition) -> {
                world.timeline().note(transition.service() + " is " + transition.state() + ", active on "
                        + transition.active());
                happenings.accept(new Happening.ServiceMoved(transition));
            }
        }
    }

    private void readOn() {
        var task = owner;
        if (task != null && !frozen) {
            task.readOn();
        }
    }

    @Override
    public void start() {
        frozen = false;
        owner = new Task();
        thaw();
    }

    @Override
    public void stop() {
        if (frozen) {
            zombie = owner;
        }
        owner = null;
        frozen = false;
    }

    @Override
    public void freeze() {
        frozen = true;
    }

    @Override
    public void thaw() {
        frozen = false;
        readOn();
        while (!uncopied.isEmpty() && owner != null) {
            append(uncopied.removeFirst());
        }
    }

    @Override
    public void wakeAsZombie() {
        var task = zombie;
        zombie = null;
        if (task != null) {
            task.readOn();
        }
    }

    @Override
    public void dieBeforeCommit(Runnable dying) {
        death = dying;
    }

    @Override
    public void replay() {
        repeat(50);
    }
}
