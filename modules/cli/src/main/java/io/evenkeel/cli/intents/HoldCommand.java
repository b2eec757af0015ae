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

/** Nothing is done to a cluster or service until it is released or the hold expires. */
@Command(name = "hold", mixinStandardHelpOptions = true, description = "Hold a cluster or a service: detection and alerts go on, no action is taken.", footer = {
        "", "Examples:", "  evenkeel hold primary --reason \"rolling upgrade\" --for 2h",
        "  evenkeel hold '*' --reason \"stop everything\""})
public final class HoldCommand implements Callable<Integer> {

    @Mixin
    private ConfigOption config = new ConfigOption();
    @Spec
    private CommandSpec spec;
    @Parameters(paramLabel = "SUBJECT", description = "cluster id, service name, cluster/node, or * for everything")
    private String subject = "";
    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "why; shown in every decision it stops")
    private String reason = "";
    @Option(names = "--by", paramLabel = "NAME", defaultValue = "${env:USER:-unknown}", description = "who; default: $USER")
    private String by = "";
    @Option(names = "--for", paramLabel = "DURATION", defaultValue = "4h", description = "when it ends by itself, 1s to 30d; default: ${DEFAULT-VALUE}")
    private String duration = "4h";

    @Override
    public Integer call() throws InterruptedException {
        var read = config.read();
        var lasting = ForOption.of(spec, duration);
        Subjects.checkWithNodes(spec, read, subject);
        var now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        try (var book = new OpenOrderBook(read)) {
            book.orders().set(new Intent(Intent.Kind.HOLD, subject, by, reason, now, now.plus(lasting)));
        }
        spec.commandLine().getOut().println(
                subject + " is held until " + now.plus(lasting) + "; evenkeel release " + subject + " ends it");
        return 0;
    }
}
