package io.evenkeel.cli.lab;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenkeel.lab.LabDnsStrategy;
import io.evenkeel.lab.scenario.Scenario;
import io.evenkeel.lab.scenario.ScenarioFailure;
import io.evenkeel.lab.scenario.Stage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Starts a lab of its own, plays one scenario, ends the lab. Stages go to stdout, the rest to stderr. */
final class ScenarioRun {

    private final CommandSpec spec;
    private final LabDnsStrategy strategy;
    private final boolean json;

    ScenarioRun(CommandSpec spec, LabDnsStrategy strategy, boolean json) {
        this.spec = spec;
        this.strategy = strategy;
        this.json = json;
    }

    int play(String name) throws InterruptedException {
        var scenario = Scenario.named(name).orElseThrow(() -> new ParameterException(spec.commandLine(),
                "there is no scenario '" + name + "'; there are: " + String.join(", ", Scenario.titles())));
        var out = spec.commandLine().getOut();
        var err = spec.commandLine().getErr();
        var log = new CopyOnWriteArrayList<String>();
        err.println(scenario.title() + ": " + scenario.summary());
        try (var lab = LabCommand.start(strategy, LabCommand.flushed(err), log::add)) {
            var stage = new Stage(lab, json ? _ -> {
            } : LabCommand.flushed(out));
            String failure = "";
            try {
                scenario.play(stage);
            } catch (ScenarioFailure failed) {
                failure = String.valueOf(failed.getMessage());
            }
            report(scenario, stage, failure, log);
            return failure.isEmpty() ? 0 : 1;
        }
    }

    private void report(Scenario scenario, Stage stage, String failure, List<String> log) {
        if (json) {
            spec.commandLine().getOut().println(toJson(scenario, stage, failure));
        } else if (failure.isEmpty()) {
            spec.commandLine().getOut().println(scenario.title() + ": passed");
        } else {
            spec.commandLine().getErr().println(scenario.title() + ": FAILED: " + failure);
        }
        if (!failure.isEmpty()) {
            spec.commandLine().getErr().println("what was seen:");
            log.forEach(line -> spec.commandLine().getErr().println("  " + line));
        }
        spec.commandLine().getOut().flush();
        spec.commandLine().getErr().flush();
    }

    private static String toJson(Scenario scenario, Stage stage, String failure) {
        var stages = new ArrayList<Map<String, Object>>();
        stage.reached().forEach(reached -> stages.add(Map.of("stage", reached.name(), "afterMillis",
                reached.after().toMillis(), "detail", reached.detail())));
        var report = new LinkedHashMap<String, Object>();
        report.put("scenario", scenario.title());
        report.put("passed", failure.isEmpty());
        report.put("reason", failure);
        report.put("stages", stages);
        try {
            return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(report);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
