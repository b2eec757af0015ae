package io.evenkeel.core.decision;

import io.evenkeel.core.action.ActionOutcome;
import io.evenkeel.core.action.ActionRequest;
import io.evenkeel.core.action.Command;
import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.cluster.ServiceId;
import io.evenkeel.core.decision.Decision.Action;
import io.evenkeel.core.decision.Decision.Verdict;
import io.evenkeel.core.decision.GateAnswer.Answer;
import io.evenkeel.core.health.ClusterTransition;
import io.evenkeel.core.health.NodeState;
import io.evenkeel.core.health.NodeTransition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * The decision rules: (state, policy, input, now) to (state, outputs). {@code now} is broker append time.
 *
 * <p>A node that is DOWN, and a FAILED or QUORUM_LOST cluster for each service that uses it, is a fault. While it lasts
 * its {@linkplain Gates gates} are asked at every input; a Decision is recorded whenever the verdict or the gate that
 * decides it changes, a request when all say yes.
 *
 * <pre>
 * service: ON_PRIMARY -> FAILING_OVER   all gates of FAIL_OVER said yes; a request is made
 *          FAILING_OVER -> FAILED_OVER  its outcome says done; latched, no rule leads back
 *          FAILING_OVER -> ON_PRIMARY   its outcome says refused or failed; judged again after retryAfter
 * </pre>
 */
public final class DecisionRules {

    private final DecisionPolicy policy;
    private final Instant now;
    private final List<DecisionOutput> outputs = new ArrayList<>();
    private DecisionState state;

    private DecisionRules(DecisionState state, DecisionPolicy policy, Instant now) {
        this.state = state;
        this.policy = policy;
        this.now = now;
    }

    /** The next state and what to tell. */
    public record Step(DecisionState state, List<DecisionOutput> outputs) {
        public Step {
            outputs = List.copyOf(outputs);
        }
    }

    public static Step apply(DecisionState state, DecisionPolicy policy, DecisionInput input, Instant now) {
        var rules = new DecisionRules(state, policy, now);
        rules.introduceServices();
        switch (input) {
            case DecisionInput.NodeChanged(var transition) -> rules.onNode(transition);
            case DecisionInput.ClusterChanged(var transition) -> rules.onCluster(transition);
            case DecisionInput.OutcomeReported(var outcome) -> rules.onOutcome(outcome);
            case DecisionInput.IntentSet(var intent) -> rules.state = rules.state.with(intent);
            case DecisionInput.IntentReleased(var key) -> rules.onReleased(key);
            case DecisionInput.VantageChanged _ -> {
                // What it means for a target is in the target's own transitions.
            }
            case DecisionInput.Ticked() -> rules.expireIntents();
        }
        rules.finishFlights();
        rules.judgeFaults();
        return new Step(rules.state, rules.outputs);
    }

    private void introduceServices() {
        for (var service : policy.services()) {
            if (!state.services().containsKey(service.id().value())) {
                moved(new FailoverTransition(service.id(), service.primary(), FailoverTransition.State.ON_PRIMARY, now,
                        version(0), 0, "", "first seen"), Instant.EPOCH);
            }
        }
    }

    private void moved(FailoverTransition transition, Instant lastFailoverAt) {
        state = state.with(new ServiceSituation(ServiceStatus.of(transition), lastFailoverAt));
        outputs.add(new DecisionOutput.ServiceChanged(transition));
    }

    private long version(long previous) {
        return Math.max(previous + 1, now.getEpochSecond() * 1_000_000L + now.getNano() / 1_000);
    }

    private void onNode(NodeTransition transition) {
        var cluster = state.cluster(transition.node().cluster());
        var known = cluster.nodes().get(transition.node().name());
        if (known != null && known.version() >= transition.version()) {
            return;
        }
        state = state.with(cluster.with(transition));
        var open = openFaults(Action.REPLACE_INSTANCE, transition.node().name()).stream()
                .filter(fault -> fault.cluster().equals(transition.node().cluster())).toList();
        if (known != null && growsWorse(known, transition)) {
            open.stream().filter(fault -> fault.verdict() != Verdict.ACT)
                    .forEach(fault -> state = state.with(fault.worsened(transition.at())));
        }
        switch (transition.to()) {
            case DOWN -> {
                if (open.isEmpty()) {
                    state = state.with(Fault.opened(Incidents.of(transition), Action.REPLACE_INSTANCE,
                            transition.node().cluster(), transition.node().name(), transition.at(),
                            transition.firstFailureAt(), transition.version()));
                }
            }
            case UP, JOINING, DRAINING, RETIRED, MAINTENANCE -> open
                    .forEach(fault -> close(fault, "the node is " + transition.to()));
            case SUSPECT, RECOVERING, FLAPPING, UNKNOWN, UNREACHABLE -> {
                // The fault stays open: its evidence gate says wait until the node is DOWN again or well.
            }
        }
    }

    /** It failed before, and fails in a way now that may lead to more: also while other evidence says that it lives. */
    private static boolean growsWorse(NodeSituation known, NodeTransition transition) {
        return isFailing(known.state()) && isFailing(transition.to())
                && transition.cause().mayFollow().compareTo(known.cause().mayFollow()) > 0;
    }

    private static boolean isFailing(NodeState state) {
        return state == NodeState.DOWN || state == NodeState.UNREACHABLE;
    }

    private void onCluster(ClusterTransition transition) {
        var cluster = state.cluster(transition.cluster());
        if (cluster.version() >= transition.version()) {
            return;
        }
        state = state.with(cluster.with(transition));
        switch (transition.to()) {
            case FAILED, QUORUM_LOST -> openFailovers(transition);
            case HEALTHY, DEGRADED, MAINTENANCE -> state.faults().values().stream()
                    .filter(fault -> fault.action() == Action.FAIL_OVER
                            && fault.cluster().equals(transition.cluster()))
                    .toList().forEach(fault -> close(fault, "the cluster is " + transition.to()));
            case UNKNOWN -> {
                // The fault stays open: its evidence gate says wait.
            }
        }
    }

    private void openFailovers(ClusterTransition transition) {
        var using = policy.services().stream().filter(service -> service.uses(transition.cluster())).toList();
        for (var service : using) {
            var open = openFaults(Action.FAIL_OVER, service.id().value()).stream()
                    .anyMatch(fault -> fault.cluster().equals(transition.cluster()));
            if (!open) {
                state = state.with(Fault.opened(Incidents.of(transition), Action.FAIL_OVER, transition.cluster(),
                        service.id().value(), transition.at(), transition.firstFailureAt(), transition.version()));
            }
        }
        if (using.isEmpty()) {
            var gate = new GateAnswer("service", Answer.NO, "no service uses cluster " + transition.cluster());
            outputs.add(new DecisionOutput.Decided(new Decision(Incidents.of(transition),
                    transition.cluster().value(), Action.FAIL_OVER, Verdict.REFUSE, gate.numbers(), List.of(gate), "",
                    now, now, transition.version(), policy.revision())));
        }
    }

    private List<Fault> openFaults(Action action, String name) {
        return state.faults().values().stream()
                .filter(fault -> fault.action() == action && fault.name().equals(name)).toList();
    }

    private void close(Fault fault, String reason) {
        state = state.withoutFault(fault.key());
        outputs.add(new DecisionOutput.Decided(new Decision(fault.incident(), fault.subject(), fault.action(),
                Verdict.CLOSED, reason, List.of(), "", now, now, fault.version(), policy.revision())));
    }

    private void onReleased(String key) {
        var intent = state.intents().get(key);
        if (intent == null) {
            return;
        }
        state = state.withoutIntent(key);
        // A person has looked: what was overdue there no longer blocks, and what is still broken is judged again.
        state.inFlight().values().stream().filter(flight -> covers(intent, flight) && !now.isBefore(flight.overdueAt()))
                .forEach(flight -> cameToNothing(flight, fault -> fault.retried(now), "released by a person"));
    }

    private static boolean covers(Intent intent, InFlight flight) {
        return intent.covers(flight.cluster().value()) || intent.covers(flight.request().serialKey());
    }

    private void expireIntents() {
        state.intents().values().stream().filter(intent -> !intent.activeAt(now))
                .forEach(intent -> state = state.withoutIntent(intent.key()));
    }

    private void onOutcome(ActionOutcome outcome) {
        var flight = state.inFlight().get(outcome.request().id());
        if (flight == null || !outcome.status().isEnd()) {
            return;
        }
        if (outcome.status().isEffective()) {
            state = state.with(flight.done());
            if (flight.request().command() instanceof Command.FailOver command) {
                serviceMoved(command, flight, FailoverTransition.State.FAILED_OVER, outcome.detail());
            }
            return;
        }
        String reason = outcome.status() + ": " + outcome.detail();
        switch (outcome.status()) {
            case REFUSED -> cameToNothing(flight, fault -> fault.refused(now, policy.retryAfter()), reason);
            case FAILED -> cameToNothing(flight, fault -> fault.retried(now.plus(policy.retryAfter())), reason);
            case STARTED, SUCCEEDED, ALREADY_DONE, UNKNOWN_EFFECT -> {
                // UNKNOWN_EFFECT stays in flight: it may have happened, so a person looks, holds and releases.
            }
        }
    }

    private void cameToNothing(InFlight flight, UnaryOperator<Fault> again, String reason) {
        state = state.withoutInFlight(flight.request().id());
        var fault = state.faults().get(flight.faultKey());
        if (fault != null) {
            state = state.with(again.apply(fault));
        }
        if (flight.request().command() instanceof Command.FailOver command) {
            serviceMoved(command, flight, FailoverTransition.State.ON_PRIMARY, reason);
        }
    }

    private void serviceMoved(Command.FailOver command, InFlight flight, FailoverTransition.State to, String reason) {
        var situation = state.services().get(command.service().value());
        if (situation == null || situation.status().version() != command.epoch()) {
            return;
        }
        boolean done = to == FailoverTransition.State.FAILED_OVER;
        moved(new FailoverTransition(command.service(), done ? command.to() : command.from(), to, now,
                version(command.epoch()), command.epoch(), flight.request().incident(), reason),
                done ? now : situation.lastFailoverAt());
    }

    /** A replacement is over when the cluster has its data nodes again, a failover when it is done. */
    private void finishFlights() {
        for (var flight : state.inFlight().values()) {
            boolean restored = state.cluster(flight.cluster()).dataNodesUp() >= flight.dataNodes();
            if (flight.effective() && (flight.dataNodes() == 0 || restored)) {
                state = state.withoutInFlight(flight.request().id());
            }
        }
    }

    private void judgeFaults() {
        for (var fault : state.faults().values()) {
            if (fault.verdict() == Verdict.ACT) {
                continue;
            }
            switch (fault.action()) {
                case REPLACE_INSTANCE -> judge(fault, new Gates(state, policy, now).forReplacement(fault));
                case FAIL_OVER -> policy.services().stream()
                        .filter(service -> service.id().value().equals(fault.name())).findFirst()
                        .ifPresent(service -> judge(fault, new Gates(state, policy, now).forFailOver(fault, service)));
            }
        }
    }

    private void judge(Fault fault, List<GateAnswer> gates) {
        var deciding = gates.stream().filter(gate -> gate.answer() != Answer.YES).findFirst();
        if (deciding.isEmpty()) {
            request(fault, gates);
            return;
        }
        var gate = deciding.get();
        var verdict = gate.gate().equals("armed")
                ? Verdict.DRY_RUN
                : gate.answer() == Answer.WAIT ? Verdict.WAIT : Verdict.REFUSE;
        if (verdict == fault.verdict() && gate.gate().equals(fault.gate())) {
            return;
        }
        state = state.with(fault.judged(verdict, gate.gate()));
        record(fault, verdict, gate.gate() + ": " + gate.numbers(), gates, "");
    }

    private void request(Fault fault, List<GateAnswer> gates) {
        String id = fault.key() + "#" + (fault.attempts() + 1);
        var command = command(fault, id);
        var asked = new ActionRequest(id, fault.incident(), command, now, now.plus(policy.actWithin()), fault.version(),
                policy.revision(), "all " + gates.size() + " gates said yes");
        int dataNodes = fault.action() == Action.REPLACE_INSTANCE
                ? state.cluster(fault.cluster()).dataNodesExpected()
                : 0;
        state = state.with(fault.requested()).with(new InFlight(asked, fault.key(), fault.cluster(), dataNodes, false,
                now.plus(policy.replaceWithin())));
        record(fault, Verdict.ACT, asked.reason(), gates, id);
        outputs.add(new DecisionOutput.Requested(asked));
    }

    private Command command(Fault fault, String requestId) {
        return switch (fault.action()) {
            case REPLACE_INSTANCE -> {
                var node = new NodeId(fault.cluster(), fault.name());
                var target = Objects
                        .requireNonNull(state.cluster(fault.cluster()).nodes().get(fault.name())).target();
                yield new Command.ReplaceInstance(node, target.autoScalingGroup(), target.incarnation());
            }
            case FAIL_OVER -> {
                var service = policy.services().stream().filter(s -> s.id().equals(new ServiceId(fault.name())))
                        .findFirst().orElseThrow();
                var situation = Objects.requireNonNull(state.services().get(fault.name()));
                long epoch = version(situation.status().version());
                moved(new FailoverTransition(service.id(), fault.cluster(), FailoverTransition.State.FAILING_OVER, now,
                        epoch, situation.status().version(), fault.incident(), "requested " + requestId),
                        situation.lastFailoverAt());
                yield new Command.FailOver(service.id(), fault.cluster(), service.standby(), epoch);
            }
        };
    }

    private void record(Fault fault, Verdict verdict, String reason, List<GateAnswer> gates, String requestId) {
        var due = fault.firstFailureAt().plus(policy.actAfter());
        var nextCheck = verdict == Verdict.WAIT && due.isAfter(now) ? due : now;
        outputs.add(new DecisionOutput.Decided(new Decision(fault.incident(), fault.subject(), fault.action(), verdict,
                reason, gates, requestId, now, nextCheck, fault.version(), policy.revision())));
    }
}
