package io.evenkeel.core.facts;

import io.evenkeel.core.health.ClusterView;
import java.util.Optional;

/**
 * What was seen of a standby right before traffic is to move to it.
 *
 * @param view empty when nobody could ask
 * @param trouble why nobody could, one line for people; empty when somebody did
 */
public record StandbySight(Optional<ClusterView> view, String trouble) {}
