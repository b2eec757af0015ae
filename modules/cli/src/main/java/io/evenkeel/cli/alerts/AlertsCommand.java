package io.evenkeel.cli.alerts;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What there is to ask about alerts. */
@Command(name = "alerts", mixinStandardHelpOptions = true, description = "What fires now, where alerts go, and whether channels work.", subcommands = {
        ListCommand.class, RouteTestCommand.class, SendTestCommand.class}, footer = {"", "Examples:",
                "  evenkeel alerts list",
                "  evenkeel alerts route-test name=ClusterFailed cluster=primary",
                "  evenkeel alerts send-test pager"})
public final class AlertsCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
