package io.evenkeel.cli.intents;

import io.evenkeel.core.decision.Intent;
import io.evenkeel.core.notification.Silences;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Nobody is told of new alerts about it until the silence ends. */
@Command(name = "silence", mixinStandardHelpOptions = true, description = "Tell nobody of alerts about a cluster, a node, or what conditions match: detection and actions go on. What is still broken when the silence ends is told then; what was told before is resolved when it is over.", footer = {
        "", "To keep actions back, use hold or maintenance.", "", "Examples:",
        "  evenkeel silence primary/data-1 --reason \"known disk, ticket 4711\" --for 8h",
        "  evenkeel silence primary --reason \"load test\"              with all its nodes and vantages",
        "  evenkeel silence 'name=NodeDown,cluster=~prod-.*' --reason \"rolling upgrade\" --for 1h",
        "  evenkeel silence primary --reason \"done\" --end"})
public final class SilenceCommand implements Callable<Integer> {

    @Mixin
    private Window window = new Window();
    @Spec
    private CommandSpec spec;
    @Parameters(paramLabel = "SUBJECT", description = "cluster id, cluster/node, cluster/vantage/name, * for everything, or conditions on labels with a comma between: LABEL=VALUE, LABEL!=VALUE, LABEL=~REGEX, LABEL!~REGEX; labels: name, severity, cluster, service, zone, node, vantage, channel")
    private String subject = "";
    @Option(names = "--for", paramLabel = "DURATION", defaultValue = Silences.USUAL_DURATION, description = "when it ends by itself, 1s to 30d; default: ${DEFAULT-VALUE}")
    private String duration = Silences.USUAL_DURATION;

    @Override
    public Integer call() throws InterruptedException {
        var until = window.say(spec, Intent.Kind.SILENCE, subject, duration, Subjects::checkOfAlerts);
        spec.commandLine().getOut().println(until
                .map(time -> "alerts about " + subject + " are kept back until " + time + "; evenkeel silence '"
                        + subject + "' --reason TEXT --end ends it")
                .orElse("silence of " + subject + " is over"));
        return 0;
    }
}
