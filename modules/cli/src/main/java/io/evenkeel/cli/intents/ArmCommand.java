package io.evenkeel.cli.intents;

import io.evenkeel.cli.ConfigOption;
import io.evenkeel.core.decision.Intent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Ends the dry-run of a cluster or service: from now on what all gates allow is done. */
@Command(name = "arm", mixinStandardHelpOptions = true, description = "End the dry-run of a cluster or a service: what all gates allow is done from now on.", footer = {
        "", "How often it would have acted stands in its decisions: evenkeel why INCIDENT.", "", "Examples:",
        "  evenkeel arm primary replace --reason \"two weeks of dry-run looked right\"",
        "  evenkeel arm search fail-over --reason \"drill\" --for 2h"})
public final class ArmCommand implements Callable<Integer> {

    @Mixin
    private ConfigOption config = new ConfigOption();
    @Mixin
    private Who who = new Who();
    @Spec
    private CommandSpec spec;
    @Parameters(index = "0", paramLabel = "SUBJECT", description = "cluster id, service name, or * for everything")
    private String subject = "";
    @Parameters(index = "1", arity = "0..1", paramLabel = "ACTION", description = "replace or fail-over; default: both")
    private @Nullable String action;
    @Option(names = "--for", paramLabel = "DURATION", description = "when it ends by itself, 1s to 30d; default: never")
    private @Nullable String duration;

    @Override
    public Integer call() throws InterruptedException {
        var read = config.read();
        Subjects.check(spec, read, subject);
        String armed = Armed.subject(spec, subject, action);
        var now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        var until = duration == null ? Instant.MAX : now.plus(ForOption.of(spec, duration));
        try (var book = new OpenOrderBook(read)) {
            book.orders().set(new Intent(Intent.Kind.ARM, armed, who.by(), who.reason(), now, until));
        }
        spec.commandLine().getOut().println(armed + " is armed" + (duration == null ? "" : " until " + until)
                + "; evenkeel disarm " + armed.replace('/', ' ') + " ends it");
        return 0;
    }
}
