package io.evenkeel.drills.simulator;

import io.evenkeel.drills.simulator.world.Chance;
import io.evenkeel.drills.simulator.world.World;

/** What happens to the pipeline itself, to the processes that act, and to AWS' answers. Durations are milliseconds. */
final class PipelineFaults {

    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    /** Brokers' clocks differ by so much at the most. */
    private static final long BROKER_SKEW = 500;

    private final Simulation simulation;
    private final World world;
    private final Chance chance;
    private boolean awsTroubled;
    private boolean ticksStopped;

    PipelineFaults(Simulation simulation, World world) {
        this.simulation = simulation;
        this.world = world;
        this.chance = world.chance();
    }

    void plan() {
        var pipeline = simulation.pipeline();
        recurring(0.5, () -> pipeline.crash(chance.below(pipeline.instances())));
        recurring(1.0, () -> pipeline.crashBeforeCommit(chance.below(pipeline.tasks().size())));
        recurring(0.6, () -> pipeline.pause(chance.below(pipeline.instances()), chance.between(SECOND, 2 * MINUTE)));
        recurring(0.5, pipeline::rebalance);
        recurring(0.2, this::stopTicks);
        recurring(0.3, this::stepClocks);
        recurring(0.5, this::stallCopies);
        recurring(0.2, () -> {
            world.timeline().note("FAULT DECISION is told of the past again");
            simulation.decision().repeat(50);
        });
        planActions();
    }

    private void planActions() {
        recurring(0.5, () -> anyProcess().die());
        recurring(3, () -> anyProcess().dieAfter(chance.below(6)));
        recurring(1.0, () -> anyProcess().pause(chance.between(SECOND / 5, 3 * MINUTE)));
        recurring(0.3, () -> anyProcess().deafen(chance.between(SECOND, MINUTE)));
        recurring(0.3, simulation.actions()::replay);
        recurring(0.2, simulation.actions()::rebalance);
        recurring(0.7, this::troubleAws);
    }

    private void recurring(double perHour, Runnable fault) {
        world.timeline().in(chance.untilNext(perHour), () -> {
            fault.run();
            recurring(perHour, fault);
        });
    }

    private ActionProcess anyProcess() {
        return chance.oneOf(simulation.actions().processes());
    }

    /** Kafka's records of time fail to come; all else does. */
    private void stopTicks() {
        if (ticksStopped) {
            return;
        }
        ticksStopped = true;
        long millis = chance.between(3 * SECOND, 5 * MINUTE);
        world.timeline().note("FAULT no ticks for " + millis + " ms");
        simulation.stopTicks(true);
        world.timeline().in(millis, () -> {
            ticksStopped = false;
            simulation.stopTicks(false);
        });
    }

    /** What one partition of HEALTH tells reaches DECISION late, while time goes on there. */
    private void stallCopies() {
        String source = HealthPartition.source(chance.below(simulation.partitions().size()));
        long millis = chance.between(SECOND, 3 * MINUTE);
        world.timeline().note("FAULT copies of " + source + " wait for " + millis + " ms");
        simulation.decision().stall(source, millis);
    }

    /** Another broker leads a partition, and its clock is another one. */
    private void stepClocks() {
        chance.oneOf(simulation.partitions()).clockSkew(chance.between(-BROKER_SKEW, BROKER_SKEW));
        simulation.decision().clockSkew(chance.between(-BROKER_SKEW, BROKER_SKEW));
    }

    private void troubleAws() {
        if (awsTroubled) {
            return;
        }
        awsTroubled = true;
        double share = 0.2 + 0.8 * chance.below(100) / 100;
        long millis = chance.between(10 * SECOND, 10 * MINUTE);
        world.timeline().note("FAULT AWS fails " + share + " of its calls for " + millis + " ms");
        simulation.cloud().failing(share);
        world.timeline().in(millis, () -> {
            awsTroubled = false;
            simulation.cloud().failing(0.02);
        });
    }
}
