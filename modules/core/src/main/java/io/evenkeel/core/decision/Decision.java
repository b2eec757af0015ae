package io.evenkeel.core.decision;

import java.time.Duration;
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
 * @param nextCheckAt when time alone may change the answer of the gate that decided; equals {@code at} when a record or
 *     a person must
 * @param transitionVersion version of the transition that it answers
 * @param policyRevision the policy it was made with
 * @param factAges of the facts that were known of the cluster
 */
public record Decision(String incident, String subject, Action action, Verdict verdict, String reason,
        List<GateAnswer> gates, String requestId, Instant at, Instant nextCheckAt, long transitionVersion,
        String policyRevision, List<FactAge> factAges) {

    public enum Action {
        REPLACE_INSTANCE, FAIL_OVER,
        /** Leave a zone that fails as a whole. Not done yet: it is told. */
        ZONAL_SHIFT,
        /** Do nothing more, of a cluster or at all: a storm, the brake, a rule that threw. */
        FREEZE;

        /** As people type it. */
        public String label() {
            return switch (this) {
                case REPLACE_INSTANCE -> "replace";
                case FAIL_OVER -> "fail-over";
                case ZONAL_SHIFT -> "zonal-shift";
                case FREEZE -> "freeze";
            };
        }
    }

    /**
     * How old a group of facts was.
     *
     * @param group its name, as {@link io.evenkeel.core.facts.FactGroup} has it
     */
    public record FactAge(String group, Duration age) {}

    public enum Verdict {
        ACT,
        /** All gates said yes, but the cluster or service is not armed. */
        DRY_RUN, WAIT, REFUSE,
        /** The fault is over; nothing is to be done any more. */
        CLOSED
    }

    public Decision {
        gates = List.copyOf(gates);
        factAges = List.copyOf(factAges);
    }

    /** Without facts. */
    public Decision(String incident, String subject, Action action, Verdict verdict, String reason,
            List<GateAnswer> gates, String requestId, Instant at, Instant nextCheckAt, long transitionVersion,
            String policyRevision) {
        this(incident, subject, action, verdict, reason, gates, requestId, at, nextCheckAt, transitionVersion,
                policyRevision, List.of());
    }

    /** The gate that decided: the first that did not say yes; empty when all did, or none was asked. */
    public String decidedBy() {
        return gates.stream().filter(gate -> !gate.isYes()).map(GateAnswer::gate).findFirst().orElse("");
    }
}
