package io.evenkeel.core.facts;

import io.evenkeel.core.health.ProbeResult.Outcome;
import java.util.Optional;

/**
 * What was seen of a node and of its cluster right before the node is to be replaced.
 *
 * @param facts read for this; a group that could not be read is not in its ages
 * @param node what came of asking the node itself; empty when nobody could ask
 * @param trouble why something could not be seen, one line for people; empty when all of it was
 */
public record NodeSight(ClusterFacts facts, Optional<Outcome> node, String trouble) {}
