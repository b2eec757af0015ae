package io.evenkeel.core.action;

import java.time.Instant;

/**
 * A decided action: exactly one effect is wanted for it, or a recorded reason why not.
 *
 * @param id unique and derived from the incident and the attempt, so that a repeated decision asks for the same thing
 * @param incident the incident it belongs to
 * @param command what to do
 * @param issuedAt append time of the record that decided it
 * @param expiresAt the evidence is too old to act on after this; compare with broker time (ticks), not a wall clock
 * @param transitionVersion version of the transition that it answers
 * @param policyRevision the policy it was decided with
 * @param reason one line for people
 */
public record ActionRequest(String id, String incident, Command command, Instant issuedAt, Instant expiresAt,
        long transitionVersion, String policyRevision, String reason) {

    public String serialKey() {
        return command.serialKey();
    }
}
