package io.evenkeel.cli.whatif;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.evenkeel.cli.ConfigOption;
import io.evenkeel.cli.OutputOption;
import io.evenkeel.cli.config.EvenkeelConfig;
import io.evenkeel.cli.explain.History;
import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.time.Durations;
import io.evenkeel.core.whatif.Loss;
import io.evenkeel.core.whatif.Present;
import io.evenkeel.core.whatif.Timeline;
import io.evenkeel.core.whatif.WhatIf;
import io.evenkeel.events.json.Json;
import io.evenkeel.probe.ProbePace;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What would be decided, and when, if a node, a cluster, a zone or a Region were lost now. */
@Command(name = "what-if", mixinStandardHelpOptions = true, description = "Say what would be done, when, and what would stop it, if a node, a cluster, a zone or a Region were lost now. Vantages that lie in a lost zone are lost with it.", footer = {
        "", "Reads what DECISION knows and runs the same rules ahead on a copy. Writes nothing.", "", "Examples:",
        "  evenkeel what-if primary/data-1            one node",
        "  evenkeel what-if primary                   a cluster",
        "  evenkeel what-if zone:us-east-1a           a zone, in all clusters",
        "  evenkeel what-if region:us-east-1 --for 30m --output json"}, exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
                " 0:answered, whatever the answer", " 1:the answer could not be had", " 2:wrong call or configuration"})
public final class WhatIfCommand implements Callable<Integer> {

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofHours(2);

    @Mixin
    private ConfigOption config = new ConfigOption();
    @Spec
    private CommandSpec spec;
    @Parameters(paramLabel = "SUBJECT", description = "cluster/node, cluster id, zone:NAME, or region:NAME for all zones whose names begin so")
    private String subject = "";
    @Option(names = "--for", paramLabel = "DURATION", defaultValue = "10m", description = "how far to look ahead, 1s to 2h; default: ${DEFAULT-VALUE}")
    private String horizon = "10m";
    @Mixin
    private OutputOption output = new OutputOption();

    @Override
    public Integer call() throws InterruptedException, JsonProcessingException {
        var read = config.read();
        var ahead = Durations.parse(horizon)
                .filter(time -> time.compareTo(SHORTEST) >= 0 && time.compareTo(LONGEST) <= 0)
                .orElseThrow(() -> new ParameterException(spec.commandLine(),
                        "--for must be 1s to 2h, such as 10m, was '" + horizon + "'"));
        try (var history = new History(read)) {
            var present = history.present();
            var asOf = new AsOf(present, Instant.now());
            var loss = loss(present);
            asOf.warn(spec.commandLine().getErr());
            var timeline = WhatIf.of(present, loss, intervals(read), ahead);
            if (output.isJson()) {
                print(asOf, timeline);
            } else {
                new TimelineReport(spec.commandLine().getOut(), asOf).print(timeline);
            }
        }
        return 0;
    }

    private Loss loss(Present present) {
        try {
            return Loss.of(subject, present.state());
        } catch (IllegalArgumentException unknown) {
            throw new ParameterException(spec.commandLine(), unknown.getMessage(), unknown);
        }
    }

    /** As this file has them: the pace of probes is an agent's, not the policy's. */
    private static Function<ClusterId, Duration> intervals(EvenkeelConfig read) {
        return id -> read.clusters().stream().filter(known -> known.id().equals(id)).findFirst()
                .map(EvenkeelConfig.Cluster::longestInterval).orElse(ProbePace.USUAL.interval());
    }

    private void print(AsOf asOf, Timeline timeline) throws JsonProcessingException {
        var report = new LinkedHashMap<String, Object>();
        report.put("asOf", asOf.present().asOf());
        report.put("old", asOf.isOld());
        report.put("policy", asOf.present().policies().revision());
        report.put("lost", timeline.loss());
        report.put("horizon", timeline.horizon());
        report.put("events", timeline.events());
        report.put("outlook", timeline.outlooks());
        spec.commandLine().getOut().println(Json.pretty(report));
    }
}
