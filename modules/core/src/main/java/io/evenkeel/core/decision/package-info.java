/**
 * What to do about it: transitions, outcomes, intents and time go in; decisions with their reasons, and requests, come
 * out. {@link io.evenkeel.core.decision.DecisionRules} is the entry.
 */
@NullMarked
package io.evenkeel.core.decision;

import org.jspecify.annotations.NullMarked;
