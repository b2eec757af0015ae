package io.evenkeel.cli.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.core.decision.Decision;
import io.evenkeel.core.decision.GateAnswer;
import io.evenkeel.core.decision.GateAnswer.Answer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class IncidentReportTest {

    private static final Instant T0 = Instant.parse("2026-11-22T10:00:00Z");

    private static Decision decision(Decision.Verdict verdict, String reason, List<GateAnswer> gates, Instant next) {
        return new Decision("primary/d1@1", "primary/d1", Decision.Action.REPLACE_INSTANCE, verdict, reason, gates, "",
                T0, next, 7, "r1", List.of(new Decision.FactAge("COPIES", Duration.ofSeconds(4))));
    }

    @Test
    void theNewestDecisionIsShownGateByGateWithItsFactsAndItsPast() {
        var text = new StringWriter();
        var out = new PrintWriter(text);
        new IncidentReport(out, T0.plusSeconds(5)).print(List.of(
                decision(Decision.Verdict.REFUSE, "zone: zone impaired", List.of(), T0),
                decision(Decision.Verdict.WAIT, "act-after: 1 s of 60 s",
                        List.of(new GateAnswer("hold", Answer.YES, "none"), new GateAnswer("act-after", Answer.WAIT,
                                "1 s of 60 s", T0.plusSeconds(59))),
                        T0.plusSeconds(59))));
        assertThat(text.toString().lines().map(line -> line.strip().replaceAll(" {2,}", " | "))).containsExactly(
                "primary/d1: replace WAIT since 2026-11-22T10:00:00Z, 5.0 s ago",
                "because | act-after: 1 s of 60 s", "next check | 2026-11-22T10:00:59Z, in 54 s", "request | none",
                "policy | r1", "facts | copies 4.0 s", "", "GATE | ANSWER | MAY CHANGE | LOOKED AT",
                "hold | YES | none", "act-after | WAIT | in 54 s | 1 s of 60 s", "",
                "AT | SUBJECT | ACTION | VERDICT | REASON",
                "2026-11-22T10:00:00Z | primary/d1 | replace | REFUSE | zone: zone impaired",
                "2026-11-22T10:00:00Z | primary/d1 | replace | WAIT | act-after: 1 s of 60 s");
    }
}
