package io.evenkeel.cli.whatif;

import io.evenkeel.cli.Table;
import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.time.Durations;
import io.evenkeel.core.whatif.Loss;
import io.evenkeel.core.whatif.Timeline.Decided;
import io.evenkeel.core.whatif.Timeline.Moved;
import io.evenkeel.core.whatif.Timeline;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code evenkeel what-if} as text. */
record TimelineReport(PrintWriter out, AsOf asOf) {

    void print(Timeline timeline) {
        out.println("if " + timeline.loss().subject() + " were lost now: " + described(timeline.loss()));
        out.println();
        events(timeline);
        out.println();
        outlooks(timeline);
        out.println();
        out.println(asOf + "; looked ahead " + Durations.text(timeline.horizon()));
    }

    private static String described(Loss loss) {
        var nodes = loss.nodes().stream().map(NodeId::toString).collect(Collectors.joining(", "));
        return (nodes.isEmpty() ? "no node" : nodes) + (loss.zones().isEmpty()
                ? ""
                : "; and every vantage in " + String.join(", ", loss.zones()));
    }

    private void events(Timeline timeline) {
        var table = new Table("AFTER", "SUBJECT", "WOULD", "BECAUSE");
        for (var event : timeline.events()) {
            switch (event) {
                case Moved(var after, var subject, var from, var to, var reason) ->
                    table.row(time(after), subject, from + " -> " + to, reason);
                case Decided(var after, var decision) -> table.row(time(after), decision.subject(),
                        decision.action().label() + " " + decision.verdict(), decision.reason());
            }
        }
        if (table.isEmpty()) {
            out.println("nothing would change within " + Durations.text(timeline.horizon()));
        } else {
            table.print(out);
        }
    }

    private void outlooks(Timeline timeline) {
        var table = new Table("SUBJECT", "WOULD", "VERDICT", "WHEN", "STOPPED BY");
        timeline.outlooks().forEach(line -> table.row(line.subject(), line.would(), line.verdict(),
                time(line.after()), line.stoppedBy()));
        table.print(out);
    }

    private static String time(@Nullable Duration after) {
        return after == null ? "" : "+" + after.toSeconds() + " s";
    }
}
