package io.evenkeel.cli.explain;

import io.evenkeel.cli.Table;
import io.evenkeel.core.decision.GateAnswer;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;

/** Answers of gates as text, under an empty line. */
public record GateTable(List<GateAnswer> gates) {

    public GateTable {
        gates = List.copyOf(gates);
    }

    public void print(PrintWriter out, Instant now) {
        var table = new Table("GATE", "ANSWER", "MAY CHANGE", "LOOKED AT");
        for (var gate : gates) {
            table.row(gate.gate(), gate.answer().name(),
                    gate.mayChangeAt().equals(Instant.EPOCH) ? "" : Times.relative(gate.mayChangeAt(), now),
                    gate.numbers());
        }
        out.println();
        table.print(out);
    }
}
