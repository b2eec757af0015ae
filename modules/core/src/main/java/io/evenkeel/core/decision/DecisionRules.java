package io.evenkeel.core.decision;

import io.evenkeel.core.cluster.ClusterId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The decision rules: (state, policy, input, now) to (state, outputs). {@code now} is broker append time.
 *
 * <p>A node that is DOWN, and a FAILED or QUORUM_LOST cluster for each service that uses it, is a fault. While it lasts
 * its {@linkplain Gates gates} are asked at every input about its cluster, and at every tick; a Decision is recorded
 * whenever the verdict or the gate that decides it changes, a request when all say yes.
 *
 * <pre>
 * service: ON_PRIMARY -> FAILING_OVER   all gates of FAIL_OVER said yes; a request is made
 *          FAILING_OVER -> FAILED_OVER  its outcome says done; latched, no rule leads back
 *          FAILING_OVER -> ON_PRIMARY   its outcome says refused or failed; judged again after retryAfter
 * cluster: isolated                     a rule threw for it, here or in HEALTH; until a person releases it
 * storm:   begun -> calm -> over        too many nodes fail; too few do; coolDown later
 *          begun -> acknowledged -> over  a person has looked: it stops nothing, its nodes don't count against one another
 * zone:    the same, of a zone over all clusters
 * brake:   released -> tripped          more incidents with an action than its window allows; a named person releases it
 * </pre>
 */
public final class DecisionRules {

    /** What HEALTH judged longer ago may have been contradicted since (design: input lag). */
    static final Duration MAX_INPUT_LAG = Duration.ofSeconds(5);

    private DecisionRules() {}

    /** The next state and what to tell. */
    public record Step(DecisionState state, List<DecisionOutput> outputs) {
        public Step {
            outputs = List.copyOf(outputs);
        }
    }

    /**
     * One step. Throws what a rule throws on the input itself: then nothing has changed, and the caller says so with
     * {@link DecisionInput.RuleFailed} about the input's cluster. What is thrown while a fault is judged isolates the
     * fault's cluster here.
     */
    public static Step apply(DecisionState state, DecisionPolicy policy, DecisionInput input, Instant now) {
        var turn = new Turn(state, policy, now);
        introduceServices(turn);
        take(turn, input);
        if (!(input instanceof DecisionInput.HealthProgressed)) {
            new Flights(turn).finish();
            new Judge(turn).judge(input.about());
        }
        return new Step(turn.state(), turn.outputs());
    }

    private static void take(Turn turn, DecisionInput input) {
        switch (input) {
            case DecisionInput.NodeChanged(var transition) -> {
                new Faults(turn).onNode(transition);
                judged(turn, transition.node().cluster(), transition.at());
            }
            case DecisionInput.ClusterChanged(var transition) -> {
                boolean isNews = turn.state().cluster(transition.cluster()).version() < transition.version();
                new Faults(turn).onCluster(transition);
                if (isNews && !transition.ruleError().isEmpty()) {
                    isolate(turn, transition.cluster(), transition.ruleError());
                }
                judged(turn, transition.cluster(), transition.at());
            }
            case DecisionInput.VantageChanged(var transition) -> {
                turn.set(turn.state().with(turn.state().cluster(transition.cluster()).with(transition)));
                judged(turn, transition.cluster(), transition.at());
            }
            case DecisionInput.OutcomeReported(var outcome) -> new Flights(turn).onOutcome(outcome);
            case DecisionInput.IntentSet(var intent) -> new People(turn).onIntent(intent);
            case DecisionInput.IntentReleased(var key) -> new People(turn).onReleased(key);
            case DecisionInput.OrderGiven(var order) -> new People(turn).onOrder(order);
            case DecisionInput.FactsRead(var facts, var receivedAt) ->
                turn.ledger(ledger -> ledger.with(ledger.facts(facts.cluster()).with(facts, receivedAt)));
            case DecisionInput.RuleFailed(var cluster, var error) -> isolate(turn, cluster, error);
            case DecisionInput.HealthProgressed(var progress) ->
                turn.set(turn.state().heard(progress));
            case DecisionInput.Ticked() -> {
                new People(turn).expire();
                new Freezes(turn).expire();
            }
        }
    }

    private static void introduceServices(Turn turn) {
        for (var service : turn.policy().services()) {
            if (!turn.state().services().containsKey(service.id().value())) {
                turn.move(new FailoverTransition(service.id(), service.primary(), FailoverTransition.State.ON_PRIMARY,
                        turn.now(), turn.version(0), 0, "", "first seen"), Instant.EPOCH);
            }
        }
    }

    private static void judged(Turn turn, ClusterId cluster, Instant upTo) {
        turn.ledger(ledger -> ledger.with(ledger.progress().with(cluster, upTo)));
    }

    /** Told once, at the first of what it throws. */
    static void isolate(Turn turn, ClusterId cluster, String error) {
        if (turn.state().ledger().isolated().containsKey(cluster.value())) {
            return;
        }
        var isolation = new Isolation(cluster, error, turn.now());
        turn.ledger(ledger -> ledger.with(isolation));
        turn.tell(isolation.incident(), isolation.decisionSubject(), Decision.Action.FREEZE, Decision.Verdict.ACT,
                "a rule threw for " + cluster + ", nothing is done there until evenkeel release " + cluster + ": "
                        + error,
                List.of());
    }
}
