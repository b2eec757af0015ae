package io.evenkeel.cli.lab;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The running lab's addresses as shell variables. */
@Command(name = "env", mixinStandardHelpOptions = true, description = "Print the running lab's addresses for a shell.", footer = {
        "", "Example:", "  eval \"$(evenkeel lab env)\"; kcat -L -b \"$EVENKEEL_BOOTSTRAP_SERVERS\""})
final class LabEnvCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        RunningLab.require().addresses().environment().forEach(
                (name, value) -> spec.commandLine().getOut().println("export " + name + "='" + value + "'"));
        return 0;
    }
}
