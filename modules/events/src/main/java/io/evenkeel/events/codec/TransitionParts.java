package io.evenkeel.events.codec;

import io.evenkeel.core.health.Cause;
import io.evenkeel.core.health.Consequence;
import io.evenkeel.core.health.Evidence;
import io.evenkeel.core.health.FailureReason;
import io.evenkeel.core.health.ProbeResult;
import io.evenkeel.core.health.Vote;
import io.evenkeel.core.health.Voters;
import io.evenkeel.events.avro.MayFollow;
import io.evenkeel.events.avro.ProbePurpose;
import io.evenkeel.events.avro.ProbeReason;
import io.evenkeel.events.avro.VoteStand;
import java.util.List;

/** What the transitions of nodes and of clusters have in common: votes, evidence, voters. */
final class TransitionParts {

    private TransitionParts() {}

    static List<io.evenkeel.events.avro.Vote> encodeVotes(List<Vote> votes) {
        return votes.stream().map(vote -> new io.evenkeel.events.avro.Vote(vote.vantage(), vote.zone(),
                Wire.same(VoteStand.class, vote.stand()), vote.streak())).toList();
    }

    static List<Vote> votes(List<io.evenkeel.events.avro.Vote> votes) {
        return votes.stream().map(vote -> new Vote(vote.getVantage(), vote.getZone(),
                Wire.sameOr(Vote.Stand.SILENT, vote.getStand()), vote.getStreak())).toList();
    }

    static List<io.evenkeel.events.avro.Evidence> encodeEvidence(List<Evidence> evidence) {
        return evidence.stream()
                .map(item -> new io.evenkeel.events.avro.Evidence(ProbeCodec.source(item.source()),
                        Wire.micros(item.observedAt()), Wire.same(ProbePurpose.class, item.purpose()), item.healthy(),
                        item.summary()))
                .toList();
    }

    static List<Evidence> evidence(List<io.evenkeel.events.avro.Evidence> evidence) {
        return evidence.stream()
                .map(item -> new Evidence(ProbeCodec.source(item.getSource()),
                        Wire.instant(item.getObservedAtMicros()),
                        Wire.same(ProbeResult.Purpose.class, item.getPurpose()), item.getHealthy(),
                        item.getSummary()))
                .toList();
    }

    static io.evenkeel.events.avro.Cause cause(Cause cause) {
        return new io.evenkeel.events.avro.Cause(
                cause.reasons().stream().map(reason -> Wire.same(ProbeReason.class, reason)).toList(),
                cause.confirmed(), Wire.same(MayFollow.class, cause.mayFollow()));
    }

    /** What a newer writer allows and this reader does not know allows nothing. */
    static Cause cause(io.evenkeel.events.avro.Cause avro) {
        return new Cause(avro.getReasons().stream().map(reason -> Wire.same(FailureReason.class, reason)).toList(),
                avro.getConfirmed(), Wire.sameOr(Consequence.NOTHING, avro.getMayFollow()));
    }

    static io.evenkeel.events.avro.Voters voters(Voters voters) {
        return new io.evenkeel.events.avro.Voters(voters.expected(), voters.up(), voters.needed());
    }

    static Voters voters(io.evenkeel.events.avro.Voters avro) {
        return new Voters(avro.getExpected(), avro.getUp(), avro.getNeeded());
    }
}
