package io.evenkeel.actions;

import io.evenkeel.core.action.Command.FailOver;
import io.evenkeel.core.action.Command.ReplaceInstance;
import io.evenkeel.core.facts.NodeSight;
import io.evenkeel.core.facts.StandbySight;
import java.time.Duration;

/**
 * What can be seen, right before a call, of that which it is about. Blocks until the time is over at the latest; what is not
 * known by then is left out. Never throws for what a cluster, the network or AWS does. For many threads.
 */
public interface LiveFacts {

    /**
     * The node's cluster and group as facts, and whether the node itself answers.
     *
     * @param within for all of it
     * @throws InterruptedException when the process stops
     */
    NodeSight see(ReplaceInstance command, Duration within) throws InterruptedException;

    /**
     * Whether the standby can be used.
     *
     * @param within for all of it
     * @throws InterruptedException when the process stops
     */
    StandbySight see(FailOver command, Duration within) throws InterruptedException;
}
