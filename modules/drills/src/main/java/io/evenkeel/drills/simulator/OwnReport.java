package io.evenkeel.drills.simulator;

import io.evenkeel.core.health.FailureReason;
import io.evenkeel.core.health.ProbeResult.NodeReported;
import io.evenkeel.core.health.ProbeResult.Outcome;
import io.evenkeel.core.health.ProbeResult.Timing;
import io.evenkeel.core.health.ProbeSource;
import io.evenkeel.drills.simulator.world.Node;
import io.evenkeel.drills.simulator.world.Timeline;
import io.evenkeel.drills.simulator.world.World;
import java.time.Duration;

/** What the agent on a node's own host reports of it, each half minute. Where the host is gone, so is the report. */
final class OwnReport extends Timeline.Event {

    private static final Timing TIMING = new Timing(Duration.ofMillis(2), Duration.ZERO,
            Duration.ofMillis(TargetProbe.INTERVAL));

    private final World world;
    private final Node node;
    private final HealthPartition partition;
    private long counter;

    OwnReport(World world, Node node, HealthPartition partition) {
        this.world = world;
        this.node = node;
        this.partition = partition;
    }

    @Override
    protected void happen() {
        world.timeline().in(TargetProbe.INTERVAL, this);
        if (node.isCutOff() || node.process() == Node.Condition.HOST_GONE) {
            return;
        }
        var outcome = node.serves()
                ? new Outcome.Success()
                : new Outcome.Failure(FailureReason.CONNECT_REFUSED, "");
        partition.append(new NodeReported(node.id(), node.instance(),
                new ProbeSource("host", "host", node.id().name(), node.instance(), ++counter), outcome, TIMING));
    }
}
