package io.evenkeel.events.codec;

import io.evenkeel.core.decision.Decision;
import io.evenkeel.core.decision.GateAnswer;
import io.evenkeel.events.avro.DecisionAction;
import io.evenkeel.events.avro.FactAge;
import io.evenkeel.events.avro.GateVerdict;
import io.evenkeel.events.avro.Verdict;

/** Decisions with the answers of their gates. */
final class DecisionCodec {

    private DecisionCodec() {}

    static io.evenkeel.events.avro.Decision encode(Decision decision) {
        return io.evenkeel.events.avro.Decision.newBuilder().setIncident(decision.incident())
                .setSubject(decision.subject()).setAction(Wire.same(DecisionAction.class, decision.action()))
                .setVerdict(Wire.same(Verdict.class, decision.verdict())).setReason(decision.reason())
                .setGates(decision.gates().stream().map(DecisionCodec::gate).toList())
                .setRequestId(decision.requestId()).setAtMicros(Wire.micros(decision.at()))
                .setNextCheckAtMicros(Wire.micros(decision.nextCheckAt()))
                .setTransitionVersion(decision.transitionVersion()).setPolicyRevision(decision.policyRevision())
                .setFactAges(decision.factAges().stream()
                        .map(fact -> new FactAge(fact.group(), Wire.micros(fact.age()))).toList())
                .build();
    }

    static Decision decode(io.evenkeel.events.avro.Decision avro) {
        return new Decision(avro.getIncident(), avro.getSubject(), Wire.same(Decision.Action.class, avro.getAction()),
                Wire.same(Decision.Verdict.class, avro.getVerdict()), avro.getReason(),
                avro.getGates().stream().map(DecisionCodec::gate).toList(), avro.getRequestId(),
                Wire.instant(avro.getAtMicros()), Wire.instant(avro.getNextCheckAtMicros()),
                avro.getTransitionVersion(), avro.getPolicyRevision(), avro.getFactAges().stream()
                        .map(fact -> new Decision.FactAge(fact.getGroup(), Wire.duration(fact.getAgeMicros())))
                        .toList());
    }

    private static io.evenkeel.events.avro.GateAnswer gate(GateAnswer answer) {
        return new io.evenkeel.events.avro.GateAnswer(answer.gate(), Wire.same(GateVerdict.class, answer.answer()),
                answer.numbers(), Wire.micros(answer.mayChangeAt()));
    }

    private static GateAnswer gate(io.evenkeel.events.avro.GateAnswer avro) {
        return new GateAnswer(avro.getGate(), Wire.same(GateAnswer.Answer.class, avro.getAnswer()),
                avro.getNumbers(), Wire.instant(avro.getMayChangeAtMicros()));
    }
}
