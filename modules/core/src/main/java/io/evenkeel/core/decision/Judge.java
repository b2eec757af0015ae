package io.evenkeel.core.decision;

import io.evenkeel.core.action.ActionRequest;
import io.evenkeel.core.action.Command;
import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.decision.Decision.Action;
import io.evenkeel.core.decision.Decision.FactAge;
import io.evenkeel.core.decision.Decision.Verdict;
import io.evenkeel.core.decision.GateAnswer.Answer;
import io.evenkeel.core.facts.FactGroup;
import io.evenkeel.core.health.Voters;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Asks the gates about faults, records what they say, and asks for what all of them allow. */
final class Judge {

    /** Of the brake's decisions and alerts: nothing else can have this name. */
    static final String BRAKE_SUBJECT = "*/brake";

    private final Turn turn;
    /** Counted once for all faults of a cluster: nothing that is judged changes them. */
    private final Map<ClusterId, Voters> voters = new HashMap<>();

    Judge(Turn turn) {
        this.turn = turn;
    }

    /** @param cluster faults that it concerns; empty for all */
    void judge(Optional<ClusterId> cluster) {
        for (var fault : turn.state().faults().values()) {
            if (cluster.isEmpty() || fault.concerns(cluster.get(), turn.policy())) {
                isolated(fault);
            }
        }
    }

    /** What a rule throws for one cluster must not cost the others their judgement. */
    private void isolated(Fault fault) {
        try {
            turn.attempt(() -> question(fault).ifPresent(this::judge));
        } catch (RuntimeException thrown) {
            DecisionRules.isolate(turn, fault.cluster(), thrown.toString());
        }
    }

    private Optional<Question> question(Fault fault) {
        if (fault.verdict() == Verdict.ACT) {
            return Optional.empty();
        }
        return switch (fault.action()) {
            case REPLACE_INSTANCE -> Optional
                    .ofNullable(turn.state().cluster(fault.cluster()).nodes().get(fault.name()))
                    .map(node -> new Question.OfNode(turn.state(), turn.policy(), fault, node,
                            voters(fault.cluster()), turn.now()));
            case FAIL_OVER -> turn.policy().services().stream()
                    .filter(service -> service.id().value().equals(fault.name())).findFirst()
                    .map(service -> new Question.OfService(turn.state(), turn.policy(), fault, service, turn.now()));
            case ZONAL_SHIFT, FREEZE -> throw new IllegalStateException("no fault leads to " + fault.action());
        };
    }

    private Voters voters(ClusterId cluster) {
        return voters.computeIfAbsent(cluster, id -> turn.state().cluster(id).voters());
    }

    private void judge(Question question) {
        var deciding = Gates.deciding(question);
        if (deciding.isPresent()) {
            refuse(question, deciding.get());
        } else if (tripsTheBrake(question.fault())) {
            question(question.fault()).ifPresent(this::judge);
        } else {
            request(question, Gates.answers(question));
        }
    }

    private void refuse(Question question, GateAnswer deciding) {
        var fault = question.fault();
        var verdict = deciding.gate().equals("armed")
                ? Verdict.DRY_RUN
                : deciding.answer() == Answer.WAIT ? Verdict.WAIT : Verdict.REFUSE;
        if (verdict == fault.verdict() && deciding.gate().equals(fault.gate())) {
            return;
        }
        var answers = Gates.answers(question);
        if (verdict == Verdict.DRY_RUN) {
            turn.ledger(ledger -> ledger.with(fault, ledger.dryRun(fault).including(fault, turn.now())));
        }
        turn.set(turn.state().with(fault.judged(verdict, deciding.gate())));
        var next = deciding.mayChangeAt().isAfter(turn.now()) ? deciding.mayChangeAt() : turn.now();
        record(question, verdict, deciding.gate() + ": " + deciding.numbers(), answers, "", next);
    }

    /** One incident more than the window allows: then not even this one. */
    private boolean tripsTheBrake(Fault fault) {
        var brake = turn.policy().safety().brake();
        var since = turn.now().minus(brake.window());
        var released = turn.state().intents().get(Intent.key(Intent.Kind.BRAKE, Intent.EVERYTHING));
        var from = released != null && released.setAt().isAfter(since) ? released.setAt() : since;
        long incidents = Stream.concat(Stream.of(fault.incident()),
                turn.state().ledger().asked().values().stream().filter(asked -> !asked.at().isBefore(from))
                        .map(Asked::incident))
                .distinct().count();
        if (incidents <= brake.incidents()) {
            return false;
        }
        var tripped = Intent.trippedBrake(incidents + " incidents to act on within " + brake.window().toSeconds()
                + " s over all clusters, " + brake.incidents() + " allowed", turn.now());
        turn.set(turn.state().with(tripped));
        turn.tell(new DecisionOutput.IntentRaised(tripped));
        turn.tell(brakeIncident(tripped), BRAKE_SUBJECT, Action.FREEZE, Verdict.ACT, "brake tripped: "
                + tripped.reason() + "; nothing more is done anywhere until evenkeel brake release --by --reason",
                List.of());
        return true;
    }

    static String brakeIncident(Intent brake) {
        return Incidents.of("brake", brake.setAt());
    }

    private void request(Question question, List<GateAnswer> answers) {
        var fault = question.fault();
        // An incident that closes and opens again keeps its name and begins to count anew: the version tells them apart.
        String id = fault.key() + "@" + fault.version() + "#" + (fault.attempts() + 1);
        var command = command(question, id);
        var asked = new ActionRequest(id, fault.incident(), command, turn.now(),
                turn.now().plus(turn.policy().actWithin()), fault.version(), turn.policy().revision(),
                "all " + answers.size() + " gates said yes");
        turn.set(turn.state().with(fault.requested()).with(inFlight(question, asked)));
        turn.ledger(ledger -> ledger
                .with(new Asked(id, fault.incident(), fault.action(), fault.cluster(), turn.now()))
                .usedApproval(fault.incident()));
        record(question, Verdict.ACT, asked.reason(), answers, id, turn.now());
        turn.tell(new DecisionOutput.Requested(asked));
    }

    private InFlight inFlight(Question question, ActionRequest asked) {
        var fault = question.fault();
        var excused = switch (question) {
            case Question.OfNode node -> node.excused();
            case Question.OfService _ -> new TreeSet<String>();
        };
        int dataNodes = fault.action() == Action.REPLACE_INSTANCE
                ? question.cluster().dataNodesExpected() - excused.size()
                : 0;
        return new InFlight(asked, fault.key(), fault.cluster(), dataNodes, excused, false,
                turn.now().plus(turn.policy().replaceWithin()));
    }

    private Command command(Question question, String requestId) {
        return switch (question) {
            case Question.OfNode(_, _, var fault, var node, _, _) ->
                new Command.ReplaceInstance(new NodeId(fault.cluster(), fault.name()), node.target().autoScalingGroup(),
                        node.target().incarnation());
            case Question.OfService(_, _, var fault, var service, _) -> {
                var situation = Objects.requireNonNull(turn.state().services().get(fault.name()));
                long epoch = turn.version(situation.status().version());
                turn.move(new FailoverTransition(service.id(), fault.cluster(), FailoverTransition.State.FAILING_OVER,
                        turn.now(), epoch, situation.status().version(), fault.incident(), "requested " + requestId),
                        situation.lastFailoverAt());
                yield new Command.FailOver(service.id(), fault.cluster(), service.standby(), epoch);
            }
        };
    }

    private void record(Question question, Verdict verdict, String reason, List<GateAnswer> answers, String requestId,
            Instant nextCheckAt) {
        var fault = question.fault();
        turn.tell(new DecisionOutput.Decided(new Decision(fault.incident(), fault.subject(), fault.action(), verdict,
                reason, answers, requestId, turn.now(), nextCheckAt, fault.version(), turn.policy().revision(),
                factAges(fault.cluster()))));
    }

    private List<FactAge> factAges(ClusterId cluster) {
        var known = turn.state().ledger().facts(cluster);
        return Arrays.stream(FactGroup.values())
                .flatMap(group -> known.age(group, turn.now()).stream().map(age -> new FactAge(group.name(), age)))
                .toList();
    }
}
