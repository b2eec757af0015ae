package io.evenkeel.cli.pipeline;

import io.evenkeel.cli.ConfigOption;
import io.evenkeel.cli.ShutdownSignal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The pipeline: HEALTH, DECISION, ALERT, ACTIONS and announcements in one process; start several for availability. */
@Command(name = "run", mixinStandardHelpOptions = true, description = "Run the pipeline: judge health, decide, act, alert. Start several for availability.", footer = {
        "", "AWS endpoint, region and credentials are found as the AWS SDK finds them",
        "(AWS_ENDPOINT_URL, AWS_REGION, profile, role).", "", "Example:",
        "  evenkeel run --config evenkeel.yaml"})
public final class RunCommand implements Callable<Integer> {

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Override
    public Integer call() throws InterruptedException {
        var read = config.read();
        try (var signal = new ShutdownSignal(); var pipeline = new Pipeline(read, signal)) {
            pipeline.start();
            signal.await();
            return pipeline.exitCode();
        }
    }
}
