package io.evenkeel.core.health;

import io.evenkeel.core.cluster.Vantage;
import io.evenkeel.core.health.Vote.Stand;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The votes of all vantages expected for a target.
 *
 * @param votes one per expected vantage; those that were never heard are SILENT
 * @param quorum votes that decide
 * @param zonesNeeded zones that a deciding vote must come from: two where the vantages lie in two or more
 */
record Ballot(List<Vote> votes, int quorum, int zonesNeeded) {

    static final Set<Stand> DOWN = EnumSet.of(Stand.DOWN, Stand.CONFIRMED_DOWN);
    static final Set<Stand> FAILING = EnumSet.of(Stand.FAILING, Stand.DOWN, Stand.CONFIRMED_DOWN);
    static final Set<Stand> UP = EnumSet.of(Stand.UP);
    static final Set<Stand> ANSWERING = EnumSet.of(Stand.UP, Stand.RISING);
    private static final Set<Stand> MUTE = EnumSet.of(Stand.SILENT, Stand.DOUBTED);

    static Ballot of(List<Vantage> expected, List<Vote> votes) {
        long zones = expected.stream().map(Vantage::zone).distinct().count();
        int quorum = HealthPolicy.quorum(expected.size());
        return new Ballot(List.copyOf(votes), quorum, quorum > 1 && zones > 1 ? 2 : 1);
    }

    int count(Set<Stand> wanted) {
        return (int) votes.stream().filter(vote -> wanted.contains(vote.stand())).count();
    }

    /** Votes that say anything. */
    int live() {
        return votes.size() - count(MUTE);
    }

    boolean liveQuorum() {
        return !votes.isEmpty() && live() >= quorum;
    }

    /**
     * Since when it has been a quorum's; while it is none, since the first one. What one vantage alone has failed to see
     * for hours does not date what all see now.
     *
     * @param begun of each vantage that says so, in order
     */
    Optional<Instant> sinceQuorum(List<Instant> begun) {
        if (begun.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(begun.size() < quorum ? begun.getFirst() : begun.get(quorum - 1));
    }

    /** A quorum, from enough zones, stands so. */
    boolean decides(Set<Stand> wanted) {
        return decides(vote -> wanted.contains(vote.stand()));
    }

    boolean decides(Predicate<Vote> wanted) {
        var zones = new HashSet<String>();
        int count = 0;
        for (var vote : votes) {
            if (wanted.test(vote)) {
                count++;
                zones.add(vote.zone());
            }
        }
        return count >= quorum && zones.size() >= zonesNeeded;
    }

    /** {@code 2 of 3 vantages DOWN}: the arithmetic for people. */
    String tally(Set<Stand> wanted, String called) {
        return count(wanted) + " of " + votes.size() + " vantages " + called;
    }

    /** {@code 1 of 3 vantages report, 2 needed}. */
    String heard() {
        int doubted = count(EnumSet.of(Stand.DOUBTED));
        return live() + " of " + votes.size() + " vantages report, " + quorum + " needed"
                + (doubted == 0 ? "" : "; " + doubted + " in doubt of themselves");
    }
}
