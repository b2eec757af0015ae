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

/** People work on it: nothing is done to it until the window ends. */
@Command(name = "maintenance", mixinStandardHelpOptions = true, description = "Say that people work on a cluster, a service or a node: detection and alerts go on, no action is taken.", footer = {
        "", "Examples:", "  evenkeel maintenance primary/data-1 --reason \"new disk\" --for 1h",
        "  evenkeel maintenance primary/data-1 --reason \"done\" --end"})
public final class MaintenanceCommand implements Callable<Integer> {

    @Mixin
    private ConfigOption config = new ConfigOption();
    @Mixin
    private Who who = new Who();
    @Spec
    private CommandSpec spec;
    @Parameters(paramLabel = "SUBJECT", description = "cluster id, service name, cluster/node, or * for everything")
    private String subject = "";
    @Option(names = "--for", paramLabel = "DURATION", defaultValue = "4h", description = "when it ends by itself, 1s to 30d; default: ${DEFAULT-VALUE}")
    private String duration = "4h";
    @Option(names = "--end", description = "it is over")
    private boolean end;

    @Override
    public Integer call() throws InterruptedException {
        var read = config.read();
        Subjects.checkWithNodes(spec, read, subject);
        var now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        var until = now.plus(Lasting.of(spec, duration));
        try (var writer = new IntentWriter(read)) {
            if (end) {
                writer.release(Intent.key(Intent.Kind.MAINTENANCE, subject));
            } else {
                writer.set(new Intent(Intent.Kind.MAINTENANCE, subject, who.by(), who.reason(), now, until));
            }
        }
        spec.commandLine().getOut().println(end
                ? "maintenance of " + subject + " is over"
                : subject + " is in maintenance until " + until);
        return 0;
    }
}
