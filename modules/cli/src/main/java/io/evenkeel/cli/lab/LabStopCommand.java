package io.evenkeel.cli.lab;

import io.evenkeel.lab.process.LabException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Ends the running lab. */
@Command(name = "stop", mixinStandardHelpOptions = true, description = "End the running lab and all its processes.")
final class LabStopCommand implements Callable<Integer> {

    private static final Duration ENDS_WITHIN = Duration.ofSeconds(60);

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var process = RunningLab.require().process()
                .orElseThrow(() -> new LabException("the lab has just ended by itself"));
        process.destroy();
        try {
            process.onExit().get(ENDS_WITHIN.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException notYet) {
            throw new LabException("the lab (pid " + process.pid() + ") did not end within " + ENDS_WITHIN.toSeconds()
                    + " s; kill -9 it, its children end with it", notYet);
        }
        RunningLab.forget();
        spec.commandLine().getOut().println("the lab has ended");
        return 0;
    }
}
