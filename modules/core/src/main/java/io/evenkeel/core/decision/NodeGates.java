package io.evenkeel.core.decision;

import static io.evenkeel.core.decision.GateAnswer.no;
import static io.evenkeel.core.decision.GateAnswer.notYet;
import static io.evenkeel.core.decision.GateAnswer.yes;

/** Is this a node that may be taken away at all? */
final class NodeGates {

    private NodeGates() {}

    static GateAnswer foreignOperation(Question.OfNode question) {
        return question.facts().foreignOperation(question.node().target().autoScalingGroup());
    }

    static GateAnswer membership(Question.OfNode question) {
        return question.facts().membership(question.fault().name());
    }

    static GateAnswer role(Question.OfNode question) {
        var target = question.node().target();
        if (target.masterEligible()) {
            return no("role",
                    "master-eligible: never replaced automatically; " + question.voters());
        }
        return target.holdsData() || target.roles().contains("ingest")
                ? yes("role", String.join(",", target.roles()))
                : no("role", "neither data nor ingest: " + String.join(",", target.roles()));
    }

    static GateAnswer group(Question.OfNode question) {
        String group = question.node().target().autoScalingGroup();
        return group.isEmpty()
                ? no("group", "it is in no Auto Scaling group that could replace it")
                : yes("group", group);
    }

    static GateAnswer noVoter(Question.OfNode question) {
        return question.facts().noVoter(question.fault().name());
    }

    /** While the masters have no quorum nothing else is touched. */
    static GateAnswer masterQuorum(Question.OfNode question) {
        var voters = question.voters();
        return voters.expected() == 0 || voters.up() >= voters.needed()
                ? yes("master-quorum", voters.toString())
                : notYet("master-quorum", voters.toString());
    }

    static GateAnswer lastCopy(Question.OfNode question) {
        return question.facts().lastCopy(question.fault().name());
    }

    static GateAnswer allocation(Question.OfNode question) {
        return question.facts().allocation();
    }

    static GateAnswer diskHeadroom(Question.OfNode question) {
        return question.facts().diskHeadroom(question.fault().name());
    }
}
