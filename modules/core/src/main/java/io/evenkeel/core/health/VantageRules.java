package io.evenkeel.core.health;

import io.evenkeel.core.cluster.Vantage;
import java.time.Instant;
import java.util.Optional;

/** The rules of a vantage, as one cluster knows it; the table is in {@link ClusterHealth}. */
final class VantageRules {

    private VantageRules() {}

    static Optional<VantageTransition> judge(ClusterHead head, Vantage vantage, HealthPolicy policy, Moment moment) {
        var known = head.watch().get(vantage.name());
        if (known == null) {
            return Optional.empty();
        }
        boolean waiting = known.state() == VantageState.JOINING || known.state() == VantageState.SILENT;
        boolean heard = !waiting || known.lastHeard().isAfter(known.since());
        var verdict = known.verdict(heard, policy.staleAfter(), moment);
        if (verdict == known.state()) {
            return Optional.empty();
        }
        return Optional.of(new VantageTransition(head.cluster(), vantage, known.state(), verdict, moment.now(),
                Versions.next(known.version(), moment.now()), known.version(),
                known.reason(verdict, vantage, policy.staleAfter()), policy.revision()));
    }

    static Instant nextCheck(VantageHealth known, HealthPolicy policy, Moment moment) {
        if (known.state() == VantageState.SILENT) {
            return Instant.MAX;
        }
        var silent = moment.silentFrom(known.lastHeard(), policy.staleAfter());
        var trusted = known.doubtedAt().plus(VantageHealth.DOUBT_LASTS);
        return known.state() == VantageState.DOUBTED && trusted.isBefore(silent) ? trusted : silent;
    }
}
