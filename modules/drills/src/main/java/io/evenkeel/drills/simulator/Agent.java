package io.evenkeel.drills.simulator;

import io.evenkeel.core.cluster.Vantage;
import io.evenkeel.core.health.ProbeResult;
import io.evenkeel.core.health.ProbeSource;
import io.evenkeel.drills.simulator.world.World;
import io.evenkeel.drills.simulator.world.Zones;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongConsumer;

/**
 * The agent of one vantage. Its results bear ages of its monotonic clock alone, as the real ones do, so a wall clock that
 * is wrong or jumps has nothing to show itself in. A model of the probe module's Reporter, Pauses and SelfDoubt.
 */
final class Agent {

    /** As HealthDefaults.MAX_LATENESS: a pause that makes results of its own. Milliseconds. */
    private static final long BEARABLE_PAUSE = 2_000;
    private static final int DOUBT_AT_LEAST = 2;

    private final World world;
    private final int number;
    private final Vantage vantage;
    private final List<Runnable> afterPause = new ArrayList<>();
    private final byte[] newest;
    private final int[] groups;
    private final int[] seenOfGroup;
    private final int[] failingOfGroup;
    private int seen;
    private int failing;
    private String bootId = "";
    private int boot;
    private boolean running;
    private boolean paused;
    private boolean starved;
    private boolean mute;
    private long pausedFor;
    private FailureListener failures = (_, _) -> {
    };

    /** Hears when a target begins to fail, and when it no longer does. */
    interface FailureListener {
        void changed(int target, boolean fails);
    }

    /**
     * @param number of its vantage, which lies in the zone of that number
     * @param groups of every target the cluster's number: who is cut off from one is not cut off from all
     */
    Agent(World world, int number, int[] groups) {
        this.world = world;
        this.number = number;
        this.vantage = Zones.vantages(Zones.COUNT).get(number);
        this.groups = groups;
        this.newest = new byte[groups.length];
        this.seenOfGroup = new int[world.clusters().size()];
        this.failingOfGroup = new int[world.clusters().size()];
    }

    World world() {
        return world;
    }

    int number() {
        return number;
    }

    boolean isRunning() {
        return running;
    }

    boolean isPaused() {
        return paused;
    }

    /** Starved of processor time: late, and what it asks times out. */
    boolean isStarved() {
        return starved;
    }

    int boot() {
        return boot;
    }

    void start() {
        boot++;
        bootId = vantage.name() + "#" + boot;
        running = true;
        paused = false;
        afterPause.clear();
        for (int target = 0; target < newest.length; target++) {
            if (newest[target] == 2) {
                failures.changed(target, false);
            }
        }
        java.util.Arrays.fill(newest, (byte) 0);
        java.util.Arrays.fill(seenOfGroup, 0);
        java.util.Arrays.fill(failingOfGroup, 0);
        seen = 0;
        failing = 0;
        world.timeline().note("agent " + bootId + " starts");
    }

    private void troubled(String what, long millis, Runnable end) {
        world.timeline().note("agent " + bootId + " " + what + " for " + millis + " ms");
        world.network().troubled(number).begin(world.now());
        world.timeline().in(millis, () -> {
            end.run();
            world.network().troubled(number).end(world.now());
        });
    }

    /** Its memory is lost; another one comes up with a boot id of its own. */
    void crash(long millis) {
        if (running) {
            running = false;
            paused = false;
            troubled("is dead", millis, this::start);
        }
    }

    void pause(long millis) {
        if (running && !paused) {
            int begun = boot;
            paused = true;
            troubled("stands still", millis, () -> {
                if (running && boot == begun) {
                    resume(millis);
                }
            });
        }
    }

    private void resume(long millis) {
        paused = false;
        pausedFor = millis;
        var tasks = List.copyOf(afterPause);
        afterPause.clear();
        tasks.forEach(task -> world.timeline().in(world.chance().between(0, 300), task));
        world.timeline().in(400, () -> pausedFor = 0);
    }

    void starve(long millis) {
        if (!starved) {
            starved = true;
            troubled("is starved", millis, () -> starved = false);
        }
    }

    /** Kafka is out of its reach: what it sees is dropped, not sent late. */
    void mute(long millis) {
        if (!mute) {
            mute = true;
            troubled("does not reach Kafka", millis, () -> mute = false);
        }
    }

    void onFailures(FailureListener listener) {
        failures = listener;
    }

    void onResume(Runnable task) {
        afterPause.add(task);
    }

    /** A target was looked at; see the probe module's SelfDoubt. */
    void saw(int target, boolean dead) {
        int group = groups[target];
        byte before = newest[target];
        seen += before == 0 ? 1 : 0;
        seenOfGroup[group] += before == 0 ? 1 : 0;
        int change = (dead ? 1 : 0) - (before == 2 ? 1 : 0);
        failing += change;
        failingOfGroup[group] += change;
        newest[target] = (byte) (dead ? 2 : 1);
        if (change != 0) {
            failures.changed(target, dead);
        }
    }

    /** Why it does not trust a result of a target; empty when it does. */
    String doubt(int target, boolean fine) {
        if (pausedFor > BEARABLE_PAUSE) {
            return String.format(Locale.ROOT, "was stopped for %.1f s", pausedFor / 1_000.0);
        }
        int unrelated = seen - seenOfGroup[groups[target]];
        return !fine && failing == seen && unrelated >= DOUBT_AT_LEAST
                ? unrelated + " of " + unrelated + " unrelated targets fail"
                : "";
    }

    ProbeSource source(long counter, String doubt) {
        return new ProbeSource(vantage.name(), vantage.zone(), "agent-" + number, bootId, counter, doubt);
    }

    /** A result leaves, in time or late, once or twice; or not at all. */
    void send(HealthPartition partition, java.util.function.LongFunction<ProbeResult> withAge) {
        send(age -> partition.append(withAge.apply(age)));
    }

    /** @param append takes the record's age in milliseconds */
    void send(LongConsumer append) {
        if (mute) {
            return;
        }
        int fate = world.chance().below(1_000);
        if (fate < 4) {
            long age = world.chance().between(100, 9_500);
            world.timeline().in(age, () -> append.accept(age));
            return;
        }
        if (fate < 6) {
            world.timeline().in(world.chance().between(1, 2_000), () -> append.accept(0));
            return;
        }
        append.accept(0);
        if (fate < 10) {
            world.timeline().in(world.chance().between(1, 20_000), () -> append.accept(0));
        }
    }
}
