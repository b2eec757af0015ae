package io.evenkeel.cli.intents;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.evenkeel.cli.ConfigOption;
import io.evenkeel.cli.OutputOption;
import io.evenkeel.cli.Table;
import io.evenkeel.cli.explain.History;
import io.evenkeel.cli.explain.Times;
import io.evenkeel.core.decision.Intent;
import io.evenkeel.events.json.Json;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What people ordered and still holds. */
@Command(name = "intents", mixinStandardHelpOptions = true, description = "List what people ordered and still holds: holds, maintenance, silences, arms and the brake, with who, why and until when.", footer = {
        "", "The policy's own decision.armed and a BRAKE file of a host are not among them.", "", "Examples:",
        "  evenkeel intents", "  evenkeel intents --output json"})
public final class IntentsCommand implements Callable<Integer> {

    private static final Comparator<Intent> IN_ORDER = Comparator.comparing(Intent::kind)
            .thenComparing(Intent::subject);

    @Mixin
    private ConfigOption config = new ConfigOption();
    @Mixin
    private OutputOption output = new OutputOption();
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException, JsonProcessingException {
        var now = Instant.now();
        List<Intent> standing;
        try (var history = new History(config.read())) {
            standing = history.reader().current(history.topics().intents(), Intent.class).stream()
                    .filter(intent -> intent.activeAt(now)).sorted(IN_ORDER).toList();
        }
        var out = spec.commandLine().getOut();
        if (output.isJson()) {
            out.println(Json.pretty(standing));
        } else {
            print(out, standing, now);
        }
        return 0;
    }

    private static void print(PrintWriter out, List<Intent> standing, Instant now) {
        if (standing.isEmpty()) {
            out.println("nothing is ordered: no hold, no maintenance, no silence, no arm, no brake");
            return;
        }
        var table = new Table("KIND", "SUBJECT", "ENDS", "SET", "BY", "REASON");
        for (var intent : standing) {
            table.row(intent.kind().name().toLowerCase(Locale.ROOT), intent.subject(),
                    Times.relative(intent.expiresAt(), now), Times.relative(intent.setAt(), now), intent.by(),
                    intent.reason());
        }
        table.print(out);
    }
}
