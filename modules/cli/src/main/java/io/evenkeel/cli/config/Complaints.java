package io.evenkeel.cli.config;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.yaml.snakeyaml.nodes.Node;

/** Collects what is wrong with a file, so that a person mends it in one go. */
final class Complaints {

    private final String file;
    // A section that several read is complained of once.
    private final Set<String> lines = new LinkedHashSet<>();

    Complaints(String file) {
        this.file = file;
    }

    void add(Node node, String key, String rule) {
        var mark = node.getStartMark();
        lines.add(file + ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1) + ": " + key + ": " + rule);
    }

    void throwIfAny() {
        if (!lines.isEmpty()) {
            throw new ConfigException(List.copyOf(lines));
        }
    }
}
