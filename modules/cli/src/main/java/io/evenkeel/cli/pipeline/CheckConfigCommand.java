package io.evenkeel.cli.pipeline;

import io.evenkeel.cli.ConfigOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says whether a configuration can be used, and what it would do. */
@Command(name = "check-config", mixinStandardHelpOptions = true, description = "Check a configuration file; exit 2 with file, line, key and rule for everything that is wrong.", footer = {
        "", "Example:", "  evenkeel check-config --config evenkeel.yaml"})
public final class CheckConfigCommand implements Callable<Integer> {

    @Mixin
    private ConfigOption config = new ConfigOption();
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var read = config.read();
        spec.commandLine().getOut().println(config.file() + ": good; revision " + read.policies().revision() + ", "
                + read.clusters().size() + " clusters, " + read.services().size() + " services, "
                + read.vantages().size() + " vantages, " + (read.policies().decision().armed() ? "ARMED" : "dry-run"));
        return 0;
    }
}
