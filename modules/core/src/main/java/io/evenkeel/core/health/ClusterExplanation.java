package io.evenkeel.core.health;

import io.evenkeel.core.cluster.ClusterId;
import java.time.Instant;
import java.util.List;

/**
 * Why a cluster stands where it stands, in the numbers that the rules used.
 *
 * @param voters the arithmetic of master elections
 * @param quorum votes that decide
 * @param zonesNeeded zones they must come from
 * @param views what each expected vantage says
 * @param vantages how the cluster knows each vantage
 * @param nextCheck when time alone could change its state, at the earliest; {@link Instant#MAX} when it could not
 * @param policy the numbers
 * @param revision the policy's revision
 */
public record ClusterExplanation(ClusterId cluster, ClusterState state, Instant since, Voters voters, int quorum,
        int zonesNeeded, List<View> views, List<Watched> vantages, Instant nextCheck, ClusterPolicy policy,
        String revision) {

    public ClusterExplanation {
        views = List.copyOf(views);
        vantages = List.copyOf(vantages);
    }

    /**
     * What a vantage says; counts are results in a row.
     *
     * @param newest its newest result for people; empty when it was never heard
     */
    public record View(Vote vote, Instant observedAt, int unusable, int masterless, int notFine, int fine,
            String newest) {}

    /** @param doubt what it last doubted of itself; empty when it never did */
    public record Watched(String vantage, VantageState state, Instant since, Instant lastHeard, String doubt) {}
}
