package io.evenkeel.core.decision;

import static io.evenkeel.core.decision.GateAnswer.no;
import static io.evenkeel.core.decision.GateAnswer.notYet;
import static io.evenkeel.core.decision.GateAnswer.yes;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.health.ClusterState;
import io.evenkeel.core.health.Consequence;
import io.evenkeel.core.health.HealthPolicy;
import io.evenkeel.core.health.NodeState;
import io.evenkeel.core.health.VantageState;
import io.evenkeel.core.health.Vote;
import io.evenkeel.core.health.Vote.Stand;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Is it broken, who says so, and can they still be trusted? */
final class EvidenceGates {

    private static final Set<Stand> DOWN = EnumSet.of(Stand.DOWN, Stand.CONFIRMED_DOWN);
    private static final Set<VantageState> MUTE = EnumSet.of(VantageState.DOUBTED, VantageState.SILENT);

    private EvidenceGates() {}

    static GateAnswer nodeIsDown(Question.OfNode question) {
        var node = question.node();
        return node.state() == NodeState.DOWN
                ? yes("evidence", "DOWN since " + node.since())
                : notYet("evidence", "it is " + node.state() + " now");
    }

    static GateAnswer clusterHasFailed(Question.OfService question) {
        var cluster = question.cluster();
        return switch (cluster.state()) {
            case FAILED -> yes("evidence", "FAILED since " + cluster.since());
            case QUORUM_LOST -> question.policy().failOverOnQuorumLost()
                    ? yes("evidence", "QUORUM_LOST since " + cluster.since() + ", fails over by policy")
                    : no("evidence", "master quorum lost: " + cluster.voters()
                            + "; searches still work, and the policy does not fail over on that");
            case HEALTHY, DEGRADED, UNKNOWN, MAINTENANCE -> notYet("evidence", "it is " + cluster.state() + " now");
        };
    }

    /** Overload, a full disk, a wrong certificate: what a healthy process can cause is no reason to replace it. */
    static GateAnswer failureClass(Question.OfNode question) {
        var cause = question.node().cause();
        String seen = cause.reasons() + (cause.confirmed() ? ", confirmed" : "");
        return cause.mayFollow() == Consequence.REPLACE
                ? yes("failure-class", seen)
                : no("failure-class", seen + " allows " + cause.mayFollow() + ", by the policy's table of classes");
    }

    static GateAnswer nodeVotes(Question.OfNode question) {
        return votes(question.node().votes(), question.cluster().vantages());
    }

    /** A cluster that answers, but has no master, is voted so in another way. */
    static GateAnswer clusterVotes(Question.OfService question) {
        var cluster = question.cluster();
        return cluster.state() == ClusterState.FAILED
                ? votes(cluster.votes(), cluster.vantages())
                : yes("votes", "not asked of a cluster that is " + cluster.state());
    }

    /** A majority of the expected vantages, from two zones where there are two, none of which doubts itself since. */
    private static GateAnswer votes(List<Vote> votes, Map<String, VantageState> vantages) {
        int needed = HealthPolicy.quorum(votes.size());
        long zones = votes.stream().map(Vote::zone).distinct().count();
        int zonesNeeded = needed > 1 && zones > 1 ? 2 : 1;
        var muted = votes.stream().map(Vote::vantage).filter(vantage -> MUTE.contains(
                vantages.getOrDefault(vantage, VantageState.VOTING))).toList();
        var down = votes.stream().filter(vote -> DOWN.contains(vote.stand()) && !muted.contains(vote.vantage()))
                .toList();
        long downZones = down.stream().map(Vote::zone).distinct().count();
        String numbers = down.size() + " of " + votes.size() + " vantages say so, " + needed + " needed; from "
                + downZones + " zones, " + zonesNeeded + " needed"
                + (muted.isEmpty() ? "" : "; silent or in doubt now: " + String.join(", ", muted));
        return down.size() >= needed && downZones >= zonesNeeded ? yes("votes", numbers) : notYet("votes", numbers);
    }

    /** What HEALTH has not judged yet may say that all is well again. */
    static GateAnswer inputLag(Question question) {
        return question.clusters().stream().map(cluster -> inputLag(question, cluster))
                .filter(answer -> !answer.isYes()).findFirst().orElseGet(() -> yes("input-lag", "in time"));
    }

    private static GateAnswer inputLag(Question question, ClusterId cluster) {
        var heard = question.state().ledger().progress().of(cluster);
        if (heard.isEmpty()) {
            return notYet("input-lag", "not known up to when health of " + cluster + " is judged");
        }
        var lag = Duration.between(heard.get(), question.now());
        return lag.compareTo(DecisionRules.MAX_INPUT_LAG) > 0
                ? notYet("input-lag", "health of " + cluster + " is judged up to "
                        + heard.get().truncatedTo(ChronoUnit.SECONDS) + ", " + lag.toSeconds() + " s ago; "
                        + DecisionRules.MAX_INPUT_LAG.toSeconds() + " s allowed")
                : yes("input-lag", "in time");
    }

    static GateAnswer ruleError(Question question) {
        var isolated = question.state().ledger().isolated();
        return question.clusters().stream().filter(cluster -> isolated.containsKey(cluster.value())).findFirst()
                .map(cluster -> no("rule-error", "a rule threw for " + cluster + ": "
                        + java.util.Objects.requireNonNull(isolated.get(cluster.value())).error()
                        + "; evenkeel release " + cluster + " tries again"))
                .orElseGet(() -> yes("rule-error", "none"));
    }
}
