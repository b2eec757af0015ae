package io.evenkeel.cli.intents;

import io.evenkeel.cli.ConfigOption;
import io.evenkeel.core.decision.Intent;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Ends a hold; what is still broken is judged again at once. */
@Command(name = "release", mixinStandardHelpOptions = true, description = "Release a held cluster or service: faults that are still there are judged again at once.", footer = {
        "", "Example:", "  evenkeel release primary"})
public final class ReleaseCommand implements Callable<Integer> {

    @Mixin
    private ConfigOption config = new ConfigOption();
    @Spec
    private CommandSpec spec;
    @Parameters(paramLabel = "SUBJECT", description = "as it was held: cluster id, service name, cluster/node, or *")
    private String subject = "";

    @Override
    public Integer call() throws InterruptedException {
        var read = config.read();
        Subjects.checkWithNodes(spec, read, subject);
        try (var book = new OpenOrderBook(read)) {
            book.orders().release(Intent.key(Intent.Kind.HOLD, subject));
        }
        spec.commandLine().getOut().println(subject + " is released");
        return 0;
    }
}
