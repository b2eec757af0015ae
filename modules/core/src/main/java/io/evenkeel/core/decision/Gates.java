package io.evenkeel.core.decision;

import io.evenkeel.core.action.ActionRequest;
import io.evenkeel.core.action.Command.ReplaceInstance;
import io.evenkeel.core.facts.NodeSight;
import io.evenkeel.core.facts.StandbySight;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The gates of each action, in fixed order (docs/gates.md). Each answers always, so that a record shows all of them; the
 * first that is not YES decides. The gates on standing orders and on facts, and the deadline, are asked once more by
 * whoever acts, on what it has just read.
 */
public final class Gates {

    private static final List<Gate<Question.OfNode>> REPLACEMENT = List.of(
            question -> question.orders().brake(), question -> question.orders().hold(),
            question -> question.orders().maintenance(), NodeGates::foreignOperation,
            EvidenceGates::nodeIsDown, EvidenceGates::failureClass, EvidenceGates::nodeVotes, EvidenceGates::inputLag,
            NodeGates::membership,
            NodeGates::role, NodeGates::group, NodeGates::noVoter, NodeGates::masterQuorum,
            NodeGates::lastCopy, NodeGates::allocation, NodeGates::diskHeadroom,
            BlastRadiusGates::zone, BlastRadiusGates::storm, BlastRadiusGates::clusterState,
            BlastRadiusGates::otherDataNodes, BlastRadiusGates::floor, BlastRadiusGates::inFlight,
            BlastRadiusGates::atOnce, BlastRadiusGates::perZone, BlastRadiusGates::perHour,
            PaceGates::attempts, PaceGates::actAfter, PaceGates::block,
            ModeGates::approval, ModeGates::armed);

    private static final List<Gate<Question.OfService>> FAILOVER = List.of(
            question -> question.orders().brake(), question -> question.orders().hold(),
            question -> question.orders().maintenance(),
            EvidenceGates::clusterHasFailed, EvidenceGates::clusterVotes, EvidenceGates::inputLag,
            ServiceGates::latch, ServiceGates::standby,
            PaceGates::attempts, PaceGates::coolDown,
            ModeGates::approval, ModeGates::armed);

    private Gates() {}

    /** All answers. Where a rule has thrown no other gate is asked: what it looks at can't be trusted. */
    static List<GateAnswer> answers(Question question) {
        var ruleError = EvidenceGates.ruleError(question);
        return ruleError.isYes()
                ? Stream.concat(Stream.of(ruleError), others(question)).toList()
                : List.of(ruleError);
    }

    /** The first that is not yes, without asking those after it: thousands of faults of a storm are judged every second. */
    static Optional<GateAnswer> deciding(Question question) {
        var ruleError = EvidenceGates.ruleError(question);
        if (!ruleError.isYes()) {
            return Optional.of(ruleError);
        }
        return switch (question) {
            case Question.OfNode node -> firstThatIsNotYes(REPLACEMENT, node);
            case Question.OfService service -> firstThatIsNotYes(FAILOVER, service);
        };
    }

    private static <Q extends Question> Optional<GateAnswer> firstThatIsNotYes(List<Gate<Q>> gates, Q question) {
        for (var gate : gates) {
            var answer = gate.ask(question);
            if (!answer.isYes()) {
                return Optional.of(answer);
            }
        }
        return Optional.empty();
    }

    private static Stream<GateAnswer> others(Question question) {
        return switch (question) {
            case Question.OfNode node -> REPLACEMENT.stream().map(gate -> gate.ask(node));
            case Question.OfService service -> FAILOVER.stream().map(gate -> gate.ask(service));
        };
    }

    /**
     * To be asked right before the call.
     *
     * @param intents as they are now
     * @param now broker time
     */
    public static List<GateAnswer> beforeTheCall(ActionRequest request, Collection<Intent> intents, Instant now) {
        var orders = new StandingOrders(intents, request.command().names(), now);
        return Stream.concat(orders.stopping().stream(), Stream.of(deadline(request, now))).toList();
    }

    /**
     * To be asked right before a node is replaced, on what was seen for it: the same functions that DECISION asks on
     * records, and whether the node itself answers by now.
     *
     * @param policy of facts, as it was when the request was decided
     */
    public static List<GateAnswer> onSight(ReplaceInstance command, NodeSight sight, SafetyPolicy.Facts policy) {
        var facts = FactGates.justRead(sight.facts(), policy);
        String node = command.node().name();
        return List.of(facts.foreignOperation(command.autoScalingGroup()),
                SightGates.noSignOfLife(sight.node(), policy.use()), facts.membership(node), facts.noVoter(node),
                facts.lastCopy(node), facts.allocation(), facts.diskHeadroom(node));
    }

    /** To be asked right before a service fails over. Of a cluster that has failed nobody can read facts. */
    public static List<GateAnswer> onSight(StandbySight sight, SafetyPolicy.Facts policy) {
        return List.of(SightGates.standby(sight.view(), policy.use()));
    }

    private static GateAnswer deadline(ActionRequest request, Instant now) {
        return now.isAfter(request.expiresAt())
                ? GateAnswer.no("deadline", "it is " + now + ", expired at " + request.expiresAt())
                : GateAnswer.yes("deadline", "expires at " + request.expiresAt());
    }
}
