package io.evenkeel.cli.lab;

import io.evenkeel.cli.OwnCommandLine;
import io.evenkeel.lab.LabDnsStrategy;
import io.evenkeel.lab.process.LabException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** Starts a lab in a process of its own and returns when it is up. */
final class BackgroundLab {

    private static final Duration UP_WITHIN = Duration.ofMinutes(5);

    private final CommandSpec spec;
    private final LabDnsStrategy strategy;

    BackgroundLab(CommandSpec spec, LabDnsStrategy strategy) {
        this.spec = spec;
        this.strategy = strategy;
    }

    int start() throws IOException, InterruptedException {
        var log = Files.createTempFile("evenkeel-lab-", ".log");
        // nohup: the lab must outlive the terminal that it was started from.
        var command = new ArrayList<>(List.of("nohup"));
        command.addAll(OwnCommandLine.words());
        command.addAll(List.of("lab", "--dns-strategy", strategy.toString()));
        var process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile())).start();
        long deadline = System.nanoTime() + UP_WITHIN.toNanos();
        int shown = 0;
        while (RunningLab.find().isEmpty()) {
            shown = show(log, shown);
            if (!process.isAlive()) {
                throw new LabException("the lab did not start; its log: " + log);
            }
            if (System.nanoTime() > deadline) {
                process.destroy();
                throw new LabException("the lab was not up within " + UP_WITHIN.toMinutes() + " min; its log: " + log);
            }
            Thread.sleep(Duration.ofMillis(200));
        }
        show(log, shown);
        spec.commandLine().getOut().println("log: " + log + "; evenkeel lab status, env, stop");
        return 0;
    }

    /** The progress so far: lines that begin with the seconds. */
    private int show(Path log, int shown) throws IOException {
        var lines = Files.readAllLines(log);
        lines.stream().skip(shown).filter(line -> line.startsWith("[")).forEach(spec.commandLine().getOut()::println);
        spec.commandLine().getOut().flush();
        return lines.size();
    }
}
