package io.evenkeel.core.whatif;

import io.evenkeel.core.decision.DecisionState;
import io.evenkeel.core.policy.PolicySet;
import java.time.Instant;

/**
 * What DECISION knows, and what it decides by.
 *
 * @param asOf append time of the newest record that is in the state (broker clock)
 */
public record Present(DecisionState state, PolicySet policies, Instant asOf) {}
