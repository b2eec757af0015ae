package io.evenkeel.core.decision;

import java.time.Instant;
import java.util.List;

/**
 * The explain record: what was decided about an incident and why, also of what was not done.
 *
 * @param incident the incident; key of the {@code decisions} topic
 * @param subject {@code cluster/node} or cluster id or service id
 * @param action what was thought about
 * @param verdict the answer
 * @param reason one line for people: the gate that decided, with its numbers
 * @param gates every gate's answer, in order
 * @param requestId the request it led to; empty when none
 * @param at append time of the record that caused it
 * @param nextCheckAt when it is judged again at the latest; equals {@code at} when it is not
 * @param transitionVersion version of the transition that it answers
 * @param policyRevision the policy it was made with
 */
public record Decision(String incident, String subject, Action action, Verdict verdict, String reason,
        List<GateAnswer> gates, String requestId, Instant at, Instant nextCheckAt, long transitionVersion,
        String policyRevision) {

    public enum Action {
        REPLACE_INSTANCE, FAIL_OVER
    }

    public enum Verdict {
        ACT,
        /** All gates said yes, but the cluster or service is not armed. */
        DRY_RUN, WAIT, REFUSE,
        /** The fault is over; nothing is to be done any more. */
        CLOSED
    }

    public Decision {
        gates = List.copyOf(gates);
    }
}
