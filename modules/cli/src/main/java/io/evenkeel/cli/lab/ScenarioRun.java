package io.evenkeel.cli.lab;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenkeel.lab.Lab;
import io.evenkeel.lab.LabDnsStrategy;
import io.evenkeel.lab.process.LabException;
import io.evenkeel.lab.scenario.Programme;
import io.evenkeel.lab.scenario.Scenario;
import io.evenkeel.lab.scenario.ScenarioFailure;
import io.evenkeel.lab.scenario.Stage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * Starts a lab of its own, plays scenarios, brings the lab back between them, ends the lab. The first that fails is the
 * last. Stages go to stdout, the rest to stderr.
 */
final class ScenarioRun {

    private final CommandSpec spec;
    private final LabDnsStrategy strategy;
    private final boolean json;
    private final List<String> log = new CopyOnWriteArrayList<>();

    /** @param failure empty when it passed */
    private record Played(Scenario scenario, List<Stage.Reached> stages, String failure) {}

    ScenarioRun(CommandSpec spec, LabDnsStrategy strategy, boolean json) {
        this.spec = spec;
        this.strategy = strategy;
        this.json = json;
    }

    int play(List<String> names) throws InterruptedException {
        var programme = programme(names);
        var err = LabCommand.flushed(spec.commandLine().getErr());
        programme.scenarios().forEach(scenario -> err.accept(scenario.title() + ": " + scenario.summary()));
        var played = new ArrayList<Played>();
        try (var lab = LabCommand.start(strategy, err, log::add)) {
            for (var scenario : programme.scenarios()) {
                var one = play(lab, scenario, !played.isEmpty());
                played.add(one);
                tell(one);
                if (!one.failure().isEmpty()) {
                    break;
                }
            }
            if (json) {
                var all = played.stream().map(ScenarioRun::report).toList();
                spec.commandLine().getOut()
                        .println(toJson(programme.scenarios().size() == 1 ? all.getFirst() : all));
                spec.commandLine().getOut().flush();
            }
        }
        return played.getLast().failure().isEmpty() ? 0 : 1;
    }

    private Programme programme(List<String> names) {
        try {
            return Programme.of(names);
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()));
        }
    }

    private Played play(Lab lab, Scenario scenario, boolean after) throws InterruptedException {
        Consumer<String> out = json ? _ -> {
        } : LabCommand.flushed(spec.commandLine().getOut());
        out.accept(scenario.title());
        var stage = new Stage(lab, out);
        try {
            if (after) {
                restore(lab);
            }
            scenario.play(stage);
            return new Played(scenario, stage.reached(), "");
        } catch (ScenarioFailure | LabException failed) {
            return new Played(scenario, stage.reached(), String.valueOf(failed.getMessage()));
        }
    }

    private void restore(Lab lab) {
        long begin = System.nanoTime();
        lab.restore();
        LabCommand.flushed(spec.commandLine().getErr())
                .accept("[%3d s] the lab is as it was".formatted((System.nanoTime() - begin) / 1_000_000_000L));
    }

    private void tell(Played played) {
        var err = LabCommand.flushed(spec.commandLine().getErr());
        if (!played.failure().isEmpty()) {
            err.accept(played.scenario().title() + ": FAILED: " + played.failure());
            err.accept("what was seen:");
            log.forEach(line -> err.accept("  " + line));
        } else if (!json) {
            LabCommand.flushed(spec.commandLine().getOut()).accept(played.scenario().title() + ": passed");
        }
    }

    private static Map<String, Object> report(Played played) {
        var stages = new ArrayList<Map<String, Object>>();
        played.stages().forEach(reached -> stages.add(Map.of("stage", reached.name(), "afterMillis",
                reached.after().toMillis(), "detail", reached.detail())));
        var report = new LinkedHashMap<String, Object>();
        report.put("scenario", played.scenario().title());
        report.put("passed", played.failure().isEmpty());
        report.put("reason", played.failure());
        report.put("stages", stages);
        return report;
    }

    private static String toJson(Object report) {
        try {
            return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(report);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
