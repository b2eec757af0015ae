package io.evenkeel.cli.alerts;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.evenkeel.cli.ConfigOption;
import io.evenkeel.cli.OutputOption;
import io.evenkeel.cli.Table;
import io.evenkeel.cli.explain.History;
import io.evenkeel.cli.explain.Times;
import io.evenkeel.core.alert.Alert;
import io.evenkeel.core.decision.Intent;
import io.evenkeel.core.notification.Firing;
import io.evenkeel.events.json.Json;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What fires now. */
@Command(name = "list", mixinStandardHelpOptions = true, description = "List the alerts that fire now, the loudest and oldest first, and why nobody is told of some.", footer = {
        "", "A key can be acknowledged, and asked about: evenkeel acknowledge KEY, evenkeel why KEY.", "", "Examples:",
        "  evenkeel alerts list", "  evenkeel alerts list --output json"})
final class ListCommand implements Callable<Integer> {

    @Mixin
    private ConfigOption config = new ConfigOption();
    @Mixin
    private OutputOption output = new OutputOption();
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException, JsonProcessingException {
        var now = Instant.now();
        var read = config.read();
        List<Firing> firing;
        try (var history = new History(read)) {
            firing = Firing.of(read.alerts().policy(), history.reader().current(history.topics().alerts(), Alert.class),
                    history.reader().current(history.topics().intents(), Intent.class), now);
        }
        var out = spec.commandLine().getOut();
        if (output.isJson()) {
            out.println(Json.pretty(firing));
        } else {
            print(out, firing, now);
        }
        return 0;
    }

    private static void print(PrintWriter out, List<Firing> firing, Instant now) {
        if (firing.isEmpty()) {
            out.println("no alert fires");
            return;
        }
        var table = new Table("SEVERITY", "SINCE", "TITLE", "KEY", "KEPT BACK");
        for (var each : firing) {
            var alert = each.alert();
            table.row(alert.severity().label(), Times.relative(alert.since(), now), alert.title(), alert.key(),
                    each.keptBack().isEmpty() ? "-" : each.keptBack());
        }
        table.print(out);
    }
}
