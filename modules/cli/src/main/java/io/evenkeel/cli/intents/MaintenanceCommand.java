package io.evenkeel.cli.intents;

import io.evenkeel.core.decision.Intent;
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
    private Window window = new Window();
    @Spec
    private CommandSpec spec;
    @Parameters(paramLabel = "SUBJECT", description = "cluster id, service name, cluster/node, or * for everything")
    private String subject = "";
    @Option(names = "--for", paramLabel = "DURATION", defaultValue = "4h", description = "when it ends by itself, 1s to 30d; default: ${DEFAULT-VALUE}")
    private String duration = "4h";

    @Override
    public Integer call() throws InterruptedException {
        var until = window.say(spec, Intent.Kind.MAINTENANCE, subject, duration, Subjects::checkWithNodes);
        spec.commandLine().getOut().println(until.map(time -> subject + " is in maintenance until " + time)
                .orElse("maintenance of " + subject + " is over"));
        return 0;
    }
}
