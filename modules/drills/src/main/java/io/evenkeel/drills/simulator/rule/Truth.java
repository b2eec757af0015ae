package io.evenkeel.drills.simulator.rule;

import io.evenkeel.core.action.ActionRequest;
import io.evenkeel.core.action.Command;
import io.evenkeel.core.health.ClusterState;
import io.evenkeel.core.health.ClusterTransition;
import io.evenkeel.core.health.NodeState;
import io.evenkeel.core.health.NodeTransition;
import io.evenkeel.drills.simulator.world.Node;
import io.evenkeel.drills.simulator.world.World;

/** What was said and asked for, held against what was so. */
public final class Truth {

    /**
     * How old evidence may be, in milliseconds: a result each 30 s, a time-out of 3 s, a record that is sent 10 s late,
     * and some seconds for a take-over of the pipeline.
     */
    static final long EVIDENCE = 60_000;

    /** Overload is judged by 5 of the last 10 results. */
    static final long STRAIN = 10 * 30_000 + EVIDENCE;

    /** A cluster that was FAILED must be usable twice in a row before it is anything else. */
    static final long CLUSTER_EVIDENCE = 30_000 + EVIDENCE;

    private final World world;

    public Truth(World world) {
        this.world = world;
    }

    /** It went DOWN, and nothing had been wrong with it. */
    public boolean isFalse(NodeTransition transition) {
        return transition.to() == NodeState.DOWN && transition.from() != NodeState.DOWN
                && wasWell(world.node(transition.node()), transition.at().toEpochMilli());
    }

    /** Nothing has been wrong with it for a while. */
    public boolean isWell(Node node) {
        return wasWell(node, world.now());
    }

    private static boolean wasWell(Node node, long at) {
        return !node.gone().within(at - EVIDENCE, at) && !node.strained().within(at - STRAIN, at);
    }

    /** It has been alive for a while, if perhaps overloaded. */
    public boolean isAlive(Node node) {
        return !node.gone().within(world.now() - EVIDENCE, world.now());
    }

    /** It went FAILED, and its service could be used all the time. */
    public boolean isFalse(ClusterTransition transition) {
        long at = transition.at().toEpochMilli();
        return transition.to() == ClusterState.FAILED
                && !world.cluster(transition.cluster()).unusable().within(at - EVIDENCE, at);
    }

    /** What it would act on had been well for so long that whoever asked for it should have known. */
    public boolean isWrong(ActionRequest request) {
        long at = request.issuedAt().toEpochMilli();
        return switch (request.command()) {
            case Command.ReplaceInstance replace -> !world.node(replace.node()).gone().within(at - EVIDENCE, at);
            case Command.FailOver over -> !world.cluster(over.from()).unusable().within(at - CLUSTER_EVIDENCE, at);
        };
    }

    /** Rightly asked for, but what it acts on came back before the call was made. */
    public boolean isOvertaken(ActionRequest request) {
        boolean isBroken = switch (request.command()) {
            case Command.ReplaceInstance replace -> world.node(replace.node()).gone().isNow();
            case Command.FailOver over -> world.cluster(over.from()).unusable().isNow();
        };
        return !isWrong(request) && !isBroken;
    }
}
