package io.evenkeel.cli.intents;

import io.evenkeel.cli.ConfigOption;
import io.evenkeel.core.decision.Intent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Nobody is told of new alerts about it until the silence ends. */
@Command(name = "silence", mixinStandardHelpOptions = true, description = "Keep alerts about a cluster or a node back: detection and actions go on. What is still broken when the silence ends is sent then; what was sent before is resolved when it is over.", footer = {
        "", "To keep actions back, use hold or maintenance.", "", "Examples:",
        "  evenkeel silence primary/data-1 --reason \"known disk, ticket 4711\" --for 8h",
        "  evenkeel silence primary --reason \"load test\"              with all its nodes and vantages",
        "  evenkeel silence primary --reason \"done\" --end"})
public final class SilenceCommand implements Callable<Integer> {

    @Mixin
    private ConfigOption config = new ConfigOption();
    @Mixin
    private Who who = new Who();
    @Spec
    private CommandSpec spec;
    @Parameters(paramLabel = "SUBJECT", description = "cluster id, cluster/node, cluster/vantage/name, or * for everything")
    private String subject = "";
    @Option(names = "--for", paramLabel = "DURATION", defaultValue = "2h", description = "when it ends by itself, 1s to 30d; default: ${DEFAULT-VALUE}")
    private String duration = "2h";
    @Option(names = "--end", description = "it is over")
    private boolean end;

    @Override
    public Integer call() throws InterruptedException {
        var read = config.read();
        Subjects.checkOfAlerts(spec, read, subject);
        var now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        var until = now.plus(Lasting.of(spec, duration));
        try (var writer = new IntentWriter(read)) {
            if (end) {
                writer.release(Intent.key(Intent.Kind.SILENCE, subject));
            } else {
                writer.set(new Intent(Intent.Kind.SILENCE, subject, who.by(), who.reason(), now, until));
            }
        }
        spec.commandLine().getOut().println(end
                ? "silence of " + subject + " is over"
                : "alerts about " + subject + " are kept back until " + until + "; evenkeel silence '" + subject
                        + "' --reason TEXT --end ends it");
        return 0;
    }
}
