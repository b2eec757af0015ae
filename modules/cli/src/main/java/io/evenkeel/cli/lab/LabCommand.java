package io.evenkeel.cli.lab;

import io.evenkeel.cli.OutputOption;
import io.evenkeel.cli.OwnCommandLine;
import io.evenkeel.cli.ShutdownSignal;
import io.evenkeel.lab.Lab;
import io.evenkeel.lab.LabDnsStrategy;
import io.evenkeel.lab.LabOptions;
import io.evenkeel.lab.process.LabException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The whole pipeline on this machine, around real Elasticsearch processes. */
@Command(name = "lab", mixinStandardHelpOptions = true, description = "Start the lab: Kafka, a schema registry, two Elasticsearch clusters, an AWS endpoint and a name "
        + "server on loopback, with the pipeline and three agents; Ctrl-C ends all of it.", subcommands = {
                LabStatusCommand.class, LabStopCommand.class, LabEnvCommand.class}, footer = {"", "Examples:",
                        "  evenkeel lab                            start, then a live log",
                        "  evenkeel lab --scenario kill-data-node  one failure from kill to recovery, then exit",
                        "  evenkeel lab --scenario agent-dead,hold two, one after the other",
                        "  evenkeel lab --background               start and return; then: status, env, stop",
                        "  eval \"$(evenkeel lab env)\"              the addresses as shell variables"})
public final class LabCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;
    @Option(names = "--scenario", paramLabel = "NAME", description = "play these, one after the other on one lab, and exit: ${COMPLETION-CANDIDATES}; separated by commas or repeated", completionCandidates = ScenarioNames.class)
    private List<String> scenarios = new ArrayList<>();
    @Option(names = "--background", description = "return when it is up; evenkeel lab stop ends it")
    private boolean background;
    @Option(names = "--dns-strategy", defaultValue = "health-check", converter = StrategyConverter.class, description = "how the service is moved: health-check or record-set; default: ${DEFAULT-VALUE}")
    private LabDnsStrategy strategy = LabDnsStrategy.HEALTH_CHECK;
    @Mixin
    private OutputOption output = new OutputOption();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!scenarios.isEmpty()) {
            return new ScenarioRun(spec, strategy, output.isJson()).play(scenarios);
        }
        var running = RunningLab.find();
        if (running.isPresent()) {
            throw new LabException("a lab runs already (pid " + running.get().addresses().pid()
                    + "); evenkeel lab stop ends it");
        }
        return background ? new BackgroundLab(spec, strategy).start() : foreground();
    }

    private int foreground() throws IOException, InterruptedException {
        var out = spec.commandLine().getOut();
        var up = new AtomicBoolean();
        Consumer<String> log = line -> {
            if (up.get()) {
                flushed(out).accept(line);
            }
        };
        try (var signal = new ShutdownSignal(); var lab = start(strategy, flushed(out), log)) {
            RunningLab.remember(lab.addresses());
            describe(out, lab);
            up.set(true);
            signal.await();
            flushed(out).accept("stopping the lab");
            RunningLab.forget();
        }
        return 0;
    }

    /** A line that is seen at once, also through a pipe. */
    static Consumer<String> flushed(PrintWriter writer) {
        return line -> {
            writer.println(line);
            writer.flush();
        };
    }

    /** Starts a lab with its progress, each line with the seconds so far. */
    static Lab start(LabDnsStrategy strategy, Consumer<String> progress, Consumer<String> log) {
        long begin = System.nanoTime();
        var lab = Lab.start(new LabOptions(OwnCommandLine.home(), OwnCommandLine.words(), strategy,
                line -> progress.accept("[%3d s] %s".formatted((System.nanoTime() - begin) / 1_000_000_000L, line)),
                log));
        progress.accept("[%3d s] the lab is up".formatted((System.nanoTime() - begin) / 1_000_000_000L));
        return lab;
    }

    private static void describe(PrintWriter out, Lab lab) {
        var addresses = lab.addresses();
        out.println();
        addresses.environment().forEach((name, value) -> out.println("  %-30s %s".formatted(name, value)));
        out.println();
        out.println("  ARMED by " + addresses.config());
        out.println("  data nodes by instance id, with the pid to kill:");
        lab.instances().forEach((id, node) -> out.println("    %s  %-28s  pid %s".formatted(id, node.url(),
                node.serverPid().isPresent() ? node.serverPid().getAsLong() : "unknown")));
        lab.masters().forEach(node -> out.println("    %-19s  %-28s  pid %s".formatted(node.spec().name(), node.url(),
                node.serverPid().isPresent() ? node.serverPid().getAsLong() : "unknown")));
        out.println();
        out.println("  try: kill -9 one of these pids; curl " + addresses.primaryUrls().getFirst() + "/_cat/nodes;");
        out.println("       in another terminal: eval \"$(evenkeel lab env)\"; evenkeel hold primary --reason test");
        out.println("       aws --endpoint-url " + addresses.awsEndpointUrl()
                + " --region us-east-1 autoscaling describe-auto-scaling-groups");
        out.println();
        out.println("live log; Ctrl-C ends the lab");
        out.flush();
    }
}
