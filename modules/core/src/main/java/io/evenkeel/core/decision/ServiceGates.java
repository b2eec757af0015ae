package io.evenkeel.core.decision;

import static io.evenkeel.core.decision.GateAnswer.no;
import static io.evenkeel.core.decision.GateAnswer.notYet;
import static io.evenkeel.core.decision.GateAnswer.waitUntil;
import static io.evenkeel.core.decision.GateAnswer.yes;

import io.evenkeel.core.health.ClusterState;
import java.time.Duration;
import java.time.Instant;

/** May the service's traffic move, and is its standby good enough? */
final class ServiceGates {

    private ServiceGates() {}

    static GateAnswer latch(Question.OfService question) {
        var situation = question.state().services().get(question.service().id().value());
        if (situation == null) {
            return notYet("latch", "the service is not known yet");
        }
        var status = situation.status();
        if (!status.active().equals(question.fault().cluster())) {
            return no("latch", "the service is active on " + status.active());
        }
        return switch (status.state()) {
            case ON_PRIMARY -> yes("latch", "active on its primary");
            case FAILING_OVER -> notYet("latch", "a failover is under way since " + status.since());
            case FAILED_OVER -> no("latch", "already failed over at " + status.since()
                    + "; it latches until a person fails it back");
        };
    }

    static GateAnswer standby(Question.OfService question) {
        var standby = question.state().cluster(question.service().standby());
        var proof = question.policy().standbyProof();
        var known = standby.since().equals(Instant.EPOCH)
                ? Duration.ZERO
                : Duration.between(standby.since(), question.now());
        String numbers = standby.cluster() + " is " + standby.state() + " for " + known.toSeconds() + " s, "
                + proof.toSeconds() + " s needed";
        if (standby.healthyFor(proof, question.now())) {
            return yes("standby", numbers);
        }
        return standby.state() == ClusterState.HEALTHY
                ? waitUntil(standby.since().plus(proof), "standby", numbers)
                : notYet("standby", numbers);
    }
}
