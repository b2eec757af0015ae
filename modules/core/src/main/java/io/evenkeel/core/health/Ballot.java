package io.evenkeel.core.health;

import io.evenkeel.core.cluster.Vantage;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;

/**
 * The votes of all vantages expected for a target.
 *
 * @param votes one per expected vantage; those that were never heard are SILENT
 * @param quorum votes that decide
 * @param zonesNeeded zones that a deciding vote must come from: two where the vantages lie in two or more
 */
record Ballot(List<Vote> votes, int quorum, int zonesNeeded) {

    static Ballot of(List<Vantage> expected, List<Vote> votes) {
        long zones = expected.stream().map(Vantage::zone).distinct().count();
        int quorum = HealthPolicy.quorum(expected.size());
        return new Ballot(List.copyOf(votes), quorum, quorum > 1 && zones > 1 ? 2 : 1);
    }

    int count(Vote.Stand... stands) {
        var wanted = Arrays.asList(stands);
        return (int) votes.stream().filter(vote -> wanted.contains(vote.stand())).count();
    }

    int live() {
        return votes.size() - count(Vote.Stand.SILENT);
    }

    boolean liveQuorum() {
        return !votes.isEmpty() && live() >= quorum;
    }

    /** A quorum, from enough zones, stands so. */
    boolean decides(Vote.Stand stand) {
        var zones = new HashSet<String>();
        int count = 0;
        for (var vote : votes) {
            if (vote.stand() == stand) {
                count++;
                zones.add(vote.zone());
            }
        }
        return count >= quorum && zones.size() >= zonesNeeded;
    }

    /** {@code 2 of 3 vantages DOWN}: the arithmetic for people. */
    String tally(Vote.Stand... stands) {
        return count(stands) + " of " + votes.size() + " vantages " + stands[0];
    }
}
