package io.evenkeel.cli.explain;

import io.evenkeel.cli.Table;
import io.evenkeel.core.decision.Decision;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** {@code evenkeel why INCIDENT} as text: what was decided, gate by gate. */
record IncidentReport(PrintWriter out, Instant now) {

    private static final int SHOWN = 12;

    /**
     * Of an incident that is over, the gates as they were asked last.
     *
     * @param decisions of the incident, oldest first; at least one
     */
    void print(List<Decision> decisions) {
        var newest = decisions.getLast();
        out.println(newest.subject() + ": " + newest.action().label() + " " + newest.verdict() + " since "
                + newest.at() + ", " + Times.relative(newest.at(), now));
        line("because", newest.reason());
        line("next check", newest.nextCheckAt().isAfter(newest.at())
                ? newest.nextCheckAt() + ", " + Times.relative(newest.nextCheckAt(), now)
                : "when something changes");
        line("request", newest.requestId().isEmpty() ? "none" : newest.requestId());
        line("policy", newest.policyRevision());
        line("facts", newest.factAges().isEmpty()
                ? "none known"
                : newest.factAges().stream()
                        .map(fact -> fact.group().toLowerCase(Locale.ROOT) + " " + Times.length(fact.age()))
                        .collect(Collectors.joining(", ")));
        decisions.reversed().stream().filter(decision -> !decision.gates().isEmpty()).findFirst()
                .ifPresent(asked -> new GateTable(asked.gates()).print(out, now));
        history(decisions);
    }

    private void line(String what, String text) {
        out.println("  %-12s %s".formatted(what, text));
    }

    private void history(List<Decision> decisions) {
        var table = new Table("AT", "SUBJECT", "ACTION", "VERDICT", "REASON");
        decisions.subList(Math.max(0, decisions.size() - SHOWN), decisions.size())
                .forEach(decision -> table.row(decision.at().toString(), decision.subject(),
                        decision.action().label(), decision.verdict().name(), decision.reason()));
        out.println();
        table.print(out);
    }
}
