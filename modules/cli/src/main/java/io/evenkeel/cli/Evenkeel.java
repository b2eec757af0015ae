package io.evenkeel.cli;

import io.evenkeel.cli.alerts.AlertsCommand;
import io.evenkeel.cli.bench.BenchCommand;
import io.evenkeel.cli.config.ConfigException;
import io.evenkeel.cli.explain.ReplayCommand;
import io.evenkeel.cli.explain.WhyCommand;
import io.evenkeel.cli.intents.ArmCommand;
import io.evenkeel.cli.intents.BrakeCommand;
import io.evenkeel.cli.intents.DisarmCommand;
import io.evenkeel.cli.intents.HoldCommand;
import io.evenkeel.cli.intents.IntentsCommand;
import io.evenkeel.cli.intents.MaintenanceCommand;
import io.evenkeel.cli.intents.OrderCommands;
import io.evenkeel.cli.intents.ReleaseCommand;
import io.evenkeel.cli.intents.SilenceCommand;
import io.evenkeel.cli.lab.LabCommand;
import io.evenkeel.cli.pipeline.AgentCommand;
import io.evenkeel.cli.pipeline.CheckConfigCommand;
import io.evenkeel.cli.pipeline.PublishPolicyCommand;
import io.evenkeel.cli.pipeline.RunCommand;
import io.evenkeel.cli.serve.ServeCommand;
import io.evenkeel.cli.simulate.SimulateCommand;
import io.evenkeel.cli.whatif.CanFailOverCommand;
import io.evenkeel.cli.whatif.WhatIfCommand;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The executable. Exit codes: 0 done, 1 failed, 2 wrong call or configuration, 3 something is missing on this machine. */
@Command(name = "evenkeel", mixinStandardHelpOptions = true, version = "evenkeel 0.1.0-SNAPSHOT", description = "Event-driven auto-failover for Elasticsearch on AWS.", subcommands = {
        LabCommand.class,
        RunCommand.class, AgentCommand.class, ServeCommand.class, HoldCommand.class, ReleaseCommand.class,
        MaintenanceCommand.class, SilenceCommand.class, IntentsCommand.class, ArmCommand.class, DisarmCommand.class,
        BrakeCommand.class,
        OrderCommands.Approve.class, OrderCommands.Acknowledge.class,
        CheckConfigCommand.class, PublishPolicyCommand.class, WhyCommand.class, ReplayCommand.class,
        CanFailOverCommand.class, WhatIfCommand.class, AlertsCommand.class,
        BenchCommand.class, SimulateCommand.class}, footerHeading = "%nExamples:%n", footer = {
                "  evenkeel lab                             the whole pipeline on this machine, to try it",
                "  evenkeel lab --scenario kill-primary     one failure from kill to recovery",
                "  evenkeel run --config evenkeel.yaml      the pipeline on a real Kafka cluster",
                "  evenkeel why primary/data-1              why it stands where it stands",
                "  evenkeel can-failover                    whether services could fail over now",
                "  evenkeel what-if zone:us-east-1a         what would be done if a zone were lost now",
                "  evenkeel hold search --reason \"upgrade\"  nothing is done to it until released"}, exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
                        " 0:done", " 1:failed", " 2:wrong call or configuration",
                        " 3:something is missing on this machine"})
public final class Evenkeel implements Runnable {

    @Spec
    private CommandSpec spec;

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** All commands, with what their exceptions come to. */
    public static CommandLine commandLine() {
        return new CommandLine(new Evenkeel()).setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(Evenkeel::explain);
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** One line that says what to do; the stack trace is for {@code EVENKEEL_LOG_LEVEL=DEBUG}. */
    private static int explain(Exception error, CommandLine command, CommandLine.ParseResult parsed) {
        LoggerFactory.getLogger(Evenkeel.class).atDebug().setCause(error).log("command failed");
        String message = error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
        command.getErr().println(command.getColorScheme().errorText(message));
        return switch (error) {
            case ConfigException _ -> 2;
            case io.evenkeel.lab.process.LabException _ -> 3;
            default -> 1;
        };
    }
}
