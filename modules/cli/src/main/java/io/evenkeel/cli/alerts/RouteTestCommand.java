package io.evenkeel.cli.alerts;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.evenkeel.cli.ConfigOption;
import io.evenkeel.cli.OutputOption;
import io.evenkeel.core.alert.Alert;
import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.events.json.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Which routes an alert with some labels would take. */
@Command(name = "route-test", mixinStandardHelpOptions = true, description = "Say which routes an alert with these labels would take: its channels, what it would be grouped with, and who is told later.", footer = {
        "",
        "Reads the configuration only; asks no server and tells nobody. A severity that is left out is page, and a service that is left out is that of the cluster.",
        "", "Examples:", "  evenkeel alerts route-test name=ClusterFailed cluster=primary",
        "  evenkeel alerts route-test name=NodeDown severity=warn zone=us-east-1a",
        "  evenkeel alerts route-test severity=warn --at 2026-03-07T03:00:00+01:00",
        "  evenkeel alerts route-test cluster=primary --output json"}, exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
                " 0:somebody would be told", " 1:nobody would be told", " 2:wrong call or configuration"})
public final class RouteTestCommand implements Callable<Integer> {

    @Mixin
    private ConfigOption config = new ConfigOption();
    @Spec
    private CommandSpec spec;
    @Parameters(paramLabel = "LABEL=VALUE", arity = "0..*", description = "name, severity, cluster, service, zone, node, vantage or channel, and its value")
    private List<String> labels = new ArrayList<>();
    @Option(names = "--at", paramLabel = "TIME", description = "when it would fire, such as 2026-03-07T03:00:00Z; default: now")
    private String at = "";
    @Mixin
    private OutputOption output = new OutputOption();

    @Override
    public Integer call() throws JsonProcessingException {
        var alerts = config.read().alerts();
        var test = new RouteTest(alerts, sample(alerts.policy().services()));
        if (output.isJson()) {
            spec.commandLine().getOut().println(Json.pretty(test.fields()));
        } else {
            new RouteReport(spec.commandLine().getOut()).print(test);
        }
        return test.isAnybodyTold() ? 0 : 1;
    }

    private Alert sample(Map<ClusterId, String> services) {
        try {
            return Sample.of(labels, services, time());
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
        }
    }

    private Instant time() {
        try {
            return at.isEmpty() ? Instant.now().truncatedTo(ChronoUnit.SECONDS) : OffsetDateTime.parse(at).toInstant();
        } catch (DateTimeException notATime) {
            throw new ParameterException(spec.commandLine(),
                    "--at must be a time with a zone, such as 2026-03-07T03:00:00Z, was '" + at + "'", notATime);
        }
    }
}
