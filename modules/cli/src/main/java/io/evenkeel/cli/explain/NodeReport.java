package io.evenkeel.cli.explain;

import io.evenkeel.cli.Table;
import io.evenkeel.core.health.Evidence;
import io.evenkeel.core.health.NodeExplanation;
import io.evenkeel.core.health.NodeStatus;
import io.evenkeel.core.time.Durations;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code evenkeel why cluster/node} as text. */
record NodeReport(PrintWriter out, Instant now) {

    private static final int SHOWN = 8;

    void print(Optional<NodeStatus> status, NodeExplanation why) {
        String subject = why.target().node().toString();
        status.ifPresentOrElse(
                known -> out.println(subject + " is " + known.state() + " since " + known.since() + ", "
                        + Times.relative(known.since(), now)),
                () -> out.println(subject + " has no state yet; the rules say " + why.state()));
        status.ifPresent(known -> line("because", known.reason()));
        var cause = status.map(NodeStatus::cause).orElse(why.cause());
        if (!cause.reasons().isEmpty()) {
            line("seen", String.join(", ", cause.reasons().stream().map(Enum::name).toList())
                    + (cause.confirmed() ? ", confirmed" : "") + "; may follow: " + cause.mayFollow());
        }
        line("quorum", why.quorum() + " of " + why.views().size() + " vantages"
                + (why.zonesNeeded() > 1 ? " from " + why.zonesNeeded() + " zones" : ""));
        line("up again", "after " + why.policy().recoveryThreshold() + " successes in a row, for "
                + Durations.text(why.policy().minimumHealthy()));
        line("flapping", String.format(Locale.ROOT, "score %.1f; starts at %.1f, ends under %.1f", why.flapScore(),
                why.policy().flapping().high(), why.policy().flapping().low()));
        line("policy", why.revision() + ", role " + why.role().name().toLowerCase(Locale.ROOT));
        line("next check", Times.relative(why.nextCheck(), now));
        votes(why);
        evidence(why.evidence());
        lives(why);
    }

    private void line(String what, String text) {
        out.println("  %-12s %s".formatted(what, text));
    }

    private void votes(NodeExplanation why) {
        var table = new Table("VANTAGE", "ZONE", "VOTE", "NEEDED", "CONFIRMED", "HEARD", "RESULTS, NEWEST FIRST");
        for (var view : why.views()) {
            table.row(view.vote().vantage(), view.vote().zone(), view.vote().stand().name(), view.threshold(),
                    view.confirmations() == 0 ? "" : view.confirmations() + " of " + why.policy().confirmations(),
                    Times.relative(view.observedAt(), now),
                    runs(view.history()) + (view.doubt().isEmpty() ? "" : "; not counted: " + view.doubt()));
        }
        out.println();
        table.print(out);
    }

    /** {@code CONNECT_REFUSED x3, OK x5}. */
    static String runs(List<String> results) {
        var runs = new ArrayList<String>();
        for (int i = 0; i < results.size();) {
            int end = i;
            while (end < results.size() && results.get(end).equals(results.get(i))) {
                end++;
            }
            runs.add(results.get(i) + (end - i > 1 ? " x" + (end - i) : ""));
            i = end;
        }
        return runs.size() > SHOWN
                ? String.join(", ", runs.subList(0, SHOWN)) + ", ..."
                : String.join(", ", runs);
    }

    private void evidence(List<Evidence> evidence) {
        var table = new Table("EVIDENCE", "VANTAGE", "PURPOSE", "AGENT", "SAW");
        evidence.forEach(seen -> table.row(seen.observedAt().toString(), seen.source().vantage(), seen.purpose().name(),
                seen.source().agent(), seen.summary()));
        if (!table.isEmpty()) {
            out.println();
            table.print(out);
        }
    }

    private void lives(NodeExplanation why) {
        var table = new Table("OTHER EVIDENCE", "SAYS", "OBSERVED");
        why.lives().forEach(life -> table.row(life.kind().name(), life.alive() ? "alive" : "gone",
                Times.relative(life.observedAt(), now)));
        if (!table.isEmpty()) {
            out.println();
            table.print(out);
        }
    }
}
