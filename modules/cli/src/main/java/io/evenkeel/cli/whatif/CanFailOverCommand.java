package io.evenkeel.cli.whatif;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.evenkeel.cli.ConfigOption;
import io.evenkeel.cli.OutputOption;
import io.evenkeel.cli.explain.History;
import io.evenkeel.core.decision.DecisionPolicy.Service;
import io.evenkeel.core.decision.FailoverCheck;
import io.evenkeel.core.whatif.Present;
import io.evenkeel.events.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Each gate's answer if a service's active cluster failed now. */
@Command(name = "can-failover", mixinStandardHelpOptions = true, description = "Say whether services could fail over now: what each gate would answer if the active cluster were FAILED and all its vantages said so.", footer = {
        "", "Reads what DECISION knows and asks the same gates. Writes nothing.", "", "Examples:",
        "  evenkeel can-failover                      every service",
        "  evenkeel can-failover search               one, for a script: the exit code tells",
        "  evenkeel can-failover --output json"}, exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
                " 0:every service asked about could fail over now",
                " 1:one could not: a gate says no or wait, or it is not armed; or the answer could not be had",
                " 2:wrong call or configuration"})
public final class CanFailOverCommand implements Callable<Integer> {

    @Mixin
    private ConfigOption config = new ConfigOption();
    @Spec
    private CommandSpec spec;
    @Parameters(paramLabel = "SERVICE", arity = "0..*", description = "names of services; default: all")
    private List<String> names = new ArrayList<>();
    @Mixin
    private OutputOption output = new OutputOption();

    @Override
    public Integer call() throws InterruptedException, JsonProcessingException {
        try (var history = new History(config.read())) {
            var present = history.present();
            var asOf = new AsOf(present, Instant.now());
            asOf.warn(spec.commandLine().getErr());
            var checks = services(present).stream().map(service -> FailoverCheck.of(present.state(),
                    present.policies().decision(), service, present.asOf())).toList();
            if (output.isJson()) {
                print(asOf, checks);
            } else {
                new FailoverReport(spec.commandLine().getOut(), asOf).print(checks);
            }
            return checks.stream().allMatch(FailoverCheck::isYes) ? 0 : 1;
        }
    }

    private List<Service> services(Present present) {
        var known = present.policies().decision().services();
        var unknown = names.stream()
                .filter(name -> known.stream().noneMatch(service -> service.id().value().equals(name))).toList();
        if (!unknown.isEmpty() || known.isEmpty()) {
            throw new ParameterException(spec.commandLine(), (known.isEmpty()
                    ? "there is no service"
                    : "there is no service '" + String.join("', '", unknown) + "'") + " in the policy in force, "
                    + present.policies().revision() + "; there are: "
                    + String.join(", ", known.stream().map(service -> service.id().value()).toList()));
        }
        return known.stream().filter(service -> names.isEmpty() || names.contains(service.id().value())).toList();
    }

    private void print(AsOf asOf, List<FailoverCheck> checks) throws JsonProcessingException {
        var report = new LinkedHashMap<String, Object>();
        report.put("asOf", asOf.present().asOf());
        report.put("old", asOf.isOld());
        report.put("policy", asOf.present().policies().revision());
        report.put("services", checks);
        spec.commandLine().getOut().println(Json.pretty(report));
    }
}
