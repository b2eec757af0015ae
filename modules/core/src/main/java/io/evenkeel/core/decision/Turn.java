package io.evenkeel.core.decision;

import io.evenkeel.core.decision.Decision.Action;
import io.evenkeel.core.decision.Decision.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** One step of the rules under way: the state as it has come, and what is to be told so far. For one thread. */
final class Turn {

    private final DecisionPolicy policy;
    private final Instant now;
    private final List<DecisionOutput> outputs = new ArrayList<>();
    private DecisionState state;

    Turn(DecisionState state, DecisionPolicy policy, Instant now) {
        this.state = state;
        this.policy = policy;
        this.now = now;
    }

    DecisionState state() {
        return state;
    }

    DecisionPolicy policy() {
        return policy;
    }

    Instant now() {
        return now;
    }

    List<DecisionOutput> outputs() {
        return List.copyOf(outputs);
    }

    void set(DecisionState next) {
        state = next;
    }

    void ledger(UnaryOperator<Ledger> change) {
        state = state.with(change.apply(state.ledger()));
    }

    void tell(DecisionOutput output) {
        outputs.add(output);
    }

    /** A decision without gates: what it is about says all. */
    void tell(String incident, String subject, Action action, Verdict verdict, String reason, List<GateAnswer> gates) {
        tell(new DecisionOutput.Decided(new Decision(incident, subject, action, verdict, reason, gates, "", now, now, 0,
                policy.revision())));
    }

    /** max(previous + 1, now in µs): counts up, and survives loss of state. */
    long version(long previous) {
        return Math.max(previous + 1, now.getEpochSecond() * 1_000_000L + now.getNano() / 1_000);
    }

    void move(FailoverTransition transition, Instant lastFailoverAt) {
        state = state.with(new ServiceSituation(ServiceStatus.of(transition), lastFailoverAt));
        tell(new DecisionOutput.ServiceChanged(transition));
    }

    /** Does all of it, or, when it throws, nothing. */
    void attempt(Runnable part) {
        var before = state;
        int told = outputs.size();
        try {
            part.run();
        } catch (RuntimeException thrown) {
            state = before;
            outputs.subList(told, outputs.size()).clear();
            throw thrown;
        }
    }
}
