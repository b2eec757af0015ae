package io.evenkeel.drills.simulator;

import io.evenkeel.drills.simulator.world.World;
import java.util.ArrayList;
import java.util.List;

/** Two instances of {@code evenkeel run} that share the tasks of HEALTH, DECISION and ALERT, and write the ticks. */
final class Pipeline {

    private static final int INSTANCES = 2;
    /** Session time-out of the Streams applications, and what a take-over takes beyond it. Milliseconds. */
    private static final long SESSION = 6_000;
    private static final long TAKE_OVER = 2_500;

    private final World world;
    private final List<PipelineTask> tasks;
    private final int[] owners;
    private final boolean[] orphaned;
    private final State[] states = new State[INSTANCES];
    private final int[] runs = new int[INSTANCES];

    private enum State {
        RUNNING, PAUSED, DEAD
    }

    Pipeline(World world, List<PipelineTask> tasks) {
        this.world = world;
        this.tasks = List.copyOf(tasks);
        this.owners = new int[tasks.size()];
        this.orphaned = new boolean[tasks.size()];
    }

    void start() {
        for (int task = 0; task < owners.length; task++) {
            owners[task] = task % INSTANCES;
        }
        java.util.Arrays.fill(states, State.RUNNING);
        tasks.forEach(PipelineTask::start);
    }

    /** Whether anybody is there to write ticks. */
    boolean ticks() {
        return present().size() > 0;
    }

    private List<Integer> present() {
        var present = new ArrayList<Integer>();
        for (int instance = 0; instance < INSTANCES; instance++) {
            if (states[instance] == State.RUNNING) {
                present.add(instance);
            }
        }
        return present;
    }

    List<PipelineTask> tasks() {
        return tasks;
    }

    /** Memory and whatever was not committed are lost at once. */
    void crash(int instance) {
        if (states[instance] == State.DEAD) {
            return;
        }
        world.timeline().note("pipeline " + instance + " dies");
        states[instance] = State.DEAD;
        int run = ++runs[instance];
        for (int task = 0; task < owners.length; task++) {
            if (owners[task] == instance) {
                tasks.get(task).stop();
                orphaned[task] = true;
            }
        }
        world.timeline().in(SESSION + world.chance().between(0, TAKE_OVER), () -> giveAway(instance, run));
        world.timeline().in(world.chance().between(5_000, 90_000), () -> restart(instance, run));
    }

    private void giveAway(int instance, int run) {
        if (runs[instance] == run) {
            assign();
        }
    }

    private void restart(int instance, int run) {
        if (runs[instance] == run) {
            world.timeline().note("pipeline " + instance + " starts");
            states[instance] = State.RUNNING;
            assign();
        }
    }

    /** Gives the tasks of who died to who is there. */
    private void assign() {
        var present = present();
        for (int task = 0; task < owners.length && !present.isEmpty(); task++) {
            if (orphaned[task]) {
                orphaned[task] = false;
                owners[task] = present.get(task % present.size());
                tasks.get(task).start();
            }
        }
    }

    /** It stands still: for longer than its session it is a zombie when it goes on. */
    void pause(int instance, long millis) {
        if (states[instance] != State.RUNNING) {
            return;
        }
        world.timeline().note("pipeline " + instance + " stands still for " + millis + " ms");
        states[instance] = State.PAUSED;
        int run = ++runs[instance];
        forOwned(instance, PipelineTask::freeze);
        var taken = new ArrayList<PipelineTask>();
        world.timeline().in(SESSION + world.chance().between(0, TAKE_OVER), () -> {
            if (runs[instance] == run && states[instance] == State.PAUSED) {
                taken.addAll(takeOver(instance));
            }
        });
        world.timeline().in(millis, () -> {
            if (runs[instance] == run && states[instance] == State.PAUSED) {
                world.timeline().note("pipeline " + instance + " goes on");
                states[instance] = State.RUNNING;
                taken.forEach(PipelineTask::wakeAsZombie);
                forOwned(instance, PipelineTask::thaw);
                assign();
            }
        });
    }

    private List<PipelineTask> takeOver(int instance) {
        var present = present();
        var taken = new ArrayList<PipelineTask>();
        for (int task = 0; task < owners.length && !present.isEmpty(); task++) {
            if (owners[task] == instance) {
                var moved = tasks.get(task);
                moved.stop();
                owners[task] = present.get(task % present.size());
                moved.start();
                taken.add(moved);
            }
        }
        return taken;
    }

    private void forOwned(int instance, java.util.function.Consumer<PipelineTask> change) {
        for (int task = 0; task < owners.length; task++) {
            if (owners[task] == instance) {
                change.accept(tasks.get(task));
            }
        }
    }

    /** Tasks change places between instances that are well. */
    void rebalance() {
        if (present().size() < INSTANCES) {
            return;
        }
        world.timeline().note("pipeline rebalances");
        for (int task = 0; task < owners.length; task++) {
            tasks.get(task).stop();
            owners[task] = INSTANCES - 1 - owners[task];
            tasks.get(task).start();
        }
    }

    /** A task's owner dies right before the next commit that would tell something. */
    void crashBeforeCommit(int task) {
        tasks.get(task).dieBeforeCommit(() -> crash(owners[task]));
    }

    int instances() {
        return INSTANCES;
    }
}
