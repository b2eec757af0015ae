package io.evenkeel.cli.intents;

import io.evenkeel.cli.ConfigOption;
import io.evenkeel.core.decision.Intent;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Back to dry-run. */
@Command(name = "disarm", mixinStandardHelpOptions = true, description = "Take an arm back: dry-run again. What was asked for already goes on; evenkeel hold stops that too.", footer = {
        "", "Example:", "  evenkeel disarm primary replace"})
public final class DisarmCommand implements Callable<Integer> {

    @Mixin
    private ConfigOption config = new ConfigOption();
    @Spec
    private CommandSpec spec;
    @Parameters(index = "0", paramLabel = "SUBJECT", description = "as it was armed")
    private String subject = "";
    @Parameters(index = "1", arity = "0..1", paramLabel = "ACTION", description = "as it was armed")
    private @Nullable String action;

    @Override
    public Integer call() throws InterruptedException {
        var read = config.read();
        Subjects.check(spec, read, subject);
        String armed = Armed.subject(spec, subject, action);
        try (var book = new OpenOrderBook(read)) {
            book.orders().release(Intent.key(Intent.Kind.ARM, armed));
        }
        spec.commandLine().getOut().println("the arm of " + armed + " is taken back"
                + (read.policies().decision().armed()
                        ? "; but decision.armed is true in " + config.file() + ": everything stays armed by that"
                        : ""));
        return 0;
    }
}
