package io.evenkeel.cli.explain;

import io.evenkeel.cli.Table;
import io.evenkeel.core.health.ClusterExplanation;
import io.evenkeel.core.health.ClusterStatus;
import io.evenkeel.core.health.NodeExplanation;
import io.evenkeel.core.health.Vote.Stand;
import io.evenkeel.core.time.Durations;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** {@code evenkeel why cluster} as text. */
record ClusterReport(PrintWriter out, Instant now) {

    void print(Optional<ClusterStatus> status, ClusterExplanation why, List<NodeExplanation> nodes) {
        status.ifPresentOrElse(
                known -> out.println(why.cluster() + " is " + known.state() + " since " + known.since() + ", "
                        + Times.relative(known.since(), now)),
                () -> out.println(why.cluster() + " has no state yet; the rules say " + why.state()));
        status.ifPresent(known -> line("because", known.reason()));
        line("masters", why.voters().toString());
        line("quorum", why.quorum() + " of " + why.views().size() + " vantages"
                + (why.zonesNeeded() > 1 ? " from " + why.zonesNeeded() + " zones" : ""));
        line("thresholds", "worse after " + why.policy().failureThreshold() + " in a row, better after "
                + why.policy().recoveryThreshold() + "; after FAILED or QUORUM_LOST for "
                + Durations.text(why.policy().minimumHealthy()));
        line("policy", why.revision());
        line("next check", Times.relative(why.nextCheck(), now));
        votes(why);
        vantages(why);
        nodes(nodes);
    }

    private void line(String what, String text) {
        out.println("  %-12s %s".formatted(what, text));
    }

    private void votes(ClusterExplanation why) {
        var table = new Table("VANTAGE", "ZONE", "VOTE", "UNUSABLE", "NO MASTER", "NOT FINE", "FINE", "HEARD", "SAW");
        for (var view : why.views()) {
            table.row(view.vote().vantage(), view.vote().zone(), view.vote().stand().name(), "" + view.unusable(),
                    "" + view.masterless(), "" + view.notFine(), "" + view.fine(),
                    Times.relative(view.observedAt(), now), view.newest());
        }
        out.println();
        table.print(out);
    }

    private void vantages(ClusterExplanation why) {
        var table = new Table("VANTAGE", "IS", "SINCE", "HEARD", "DOUBT");
        why.vantages().forEach(watched -> table.row(watched.vantage(), watched.state().name(),
                watched.since().toString(), Times.relative(watched.lastHeard(), now), watched.doubt()));
        out.println();
        table.print(out);
    }

    private void nodes(List<NodeExplanation> nodes) {
        var table = new Table("NODE", "ROLE", "STATE", "SINCE", "VOTES");
        for (var node : nodes) {
            long up = node.views().stream().filter(view -> view.vote().stand() == Stand.UP).count();
            table.row(node.target().node().name(), node.role().name().toLowerCase(java.util.Locale.ROOT),
                    node.state().name(), Times.relative(node.since(), now),
                    up + " of " + node.views().size() + " UP");
        }
        out.println();
        table.print(out);
    }
}
