package io.evenkeel.cli.whatif;

import io.evenkeel.cli.Table;
import io.evenkeel.cli.explain.GateTable;
import io.evenkeel.core.decision.Decision;
import io.evenkeel.core.decision.FailoverCheck;
import java.io.PrintWriter;
import java.util.List;

/** {@code evenkeel can-failover} as text. */
record FailoverReport(PrintWriter out, AsOf asOf) {

    void print(List<FailoverCheck> checks) {
        var table = new Table("SERVICE", "ACTIVE", "STANDBY", "FAILED NOW, IT", "BECAUSE");
        for (var check : checks) {
            table.row(check.service().id().value(), check.active() + ", " + check.activeState(),
                    check.service().standby() + ", " + check.standbyState(), would(check.decision()),
                    check.decision().reason());
        }
        table.print(out);
        for (var check : checks) {
            out.println();
            out.println(check.service().id() + ", if " + check.active() + " were FAILED now:");
            new GateTable(check.decision().gates()).print(out, asOf.present().asOf());
        }
        out.println();
        out.println(asOf);
    }

    private static String would(Decision decision) {
        return switch (decision.verdict()) {
            case ACT -> "would act";
            case DRY_RUN -> "would act, but is dry-run";
            case WAIT -> decision.nextCheckAt().isAfter(decision.at())
                    ? "would wait until " + decision.nextCheckAt()
                    : "would wait";
            case REFUSE, CLOSED -> "would refuse";
        };
    }
}
