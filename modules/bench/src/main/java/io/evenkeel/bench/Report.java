package io.evenkeel.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a bench found, with the machine it ran on. */
public record Report(String bench, boolean quick, List<Figure> figures) {

    private static final String FORM = "%-64s  %16s  %16s  %8s  %-26s  %s";

    public Report {
        figures = List.copyOf(figures);
    }

    public boolean isReached() {
        return figures.stream().allMatch(Figure::isReached);
    }

    /** The table, a line each. */
    public List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add(bench + " on " + machine() + (quick ? "; --quick: too small to judge by" : ""));
        lines.add(FORM.formatted("WHAT", "MEASURED", "REFERENCE", "RATIO", "GOAL", "").stripTrailing());
        figures.forEach(figure -> lines.add(line(figure)));
        return lines;
    }

    private static String line(Figure figure) {
        String goals = figure.goals().stream().map(goal -> goal.text(figure.unit()))
                .collect(Collectors.joining(", "));
        String verdict = figure.goals().isEmpty() ? "" : figure.isReached() ? "reached" : "missed";
        boolean beside = figure.reference().isPresent();
        return FORM.formatted(figure.what(), Numbers.text(figure.value()) + " " + figure.unit(),
                beside ? Numbers.text(figure.reference().getAsDouble()) + " " + figure.unit() : "",
                beside ? Numbers.text(figure.ratio()) : "", goals, verdict).stripTrailing();
    }

    /** The same for programs. */
    public Map<String, Object> json() {
        var json = new LinkedHashMap<String, Object>();
        json.put("bench", bench);
        json.put("quick", quick);
        json.put("machine", machine());
        json.put("figures", figures.stream().map(Report::json).toList());
        return json;
    }

    private static Map<String, Object> json(Figure figure) {
        var json = new LinkedHashMap<String, Object>();
        json.put("what", figure.what());
        json.put("unit", figure.unit());
        json.put("value", figure.value());
        figure.reference().ifPresent(reference -> {
            json.put("reference", reference);
            json.put("ratio", figure.ratio());
        });
        if (!figure.goals().isEmpty()) {
            json.put("goals", figure.goals().stream().map(goal -> goal.text(figure.unit())).toList());
            json.put("reached", figure.isReached());
        }
        return json;
    }

    private static String machine() {
        return Runtime.getRuntime().availableProcessors() + " cores, JDK " + Runtime.version() + ", heap of at most "
                + Runtime.getRuntime().maxMemory() / (1024 * 1024) + " MiB";
    }
}
