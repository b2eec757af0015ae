package io.evenkeel.cli.config;

import io.evenkeel.core.time.Durations;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * One mapping of the file. Every read names its key, its rule and its default in one place; a wrong value is a complaint
 * and the default stands in, so that reading goes on; a key that nobody read is a complaint too.
 */
final class Section {

    private static final Pattern FROM_ENVIRONMENT = Pattern
            .compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?}");

    private final Complaints complaints;
    private final String path;
    private final Node node;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Set<String> known = new LinkedHashSet<>();
    private final Function<String, Optional<String>> environment;

    Section(Complaints complaints, String path, Node node, Function<String, Optional<String>> environment) {
        this.complaints = complaints;
        this.path = path;
        this.node = node;
        this.environment = environment;
        if (node instanceof MappingNode mapping) {
            for (var tuple : mapping.getValue()) {
                put(tuple.getKeyNode(), tuple.getValueNode());
            }
        } else if (!isEmpty(node)) {
            complaints.add(node, path, "must be a mapping of keys to values");
        }
    }

    private void put(Node key, Node value) {
        if (!(key instanceof ScalarNode scalar)) {
            complaints.add(key, path, "keys must be plain text");
        } else if (values.put(scalar.getValue(), value) != null) {
            complaints.add(key, at(scalar.getValue()), "is there twice");
        }
    }

    private static boolean isEmpty(Node node) {
        return node instanceof ScalarNode scalar && scalar.getValue().isEmpty();
    }

    private String at(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    boolean has(String key) {
        known.add(key);
        return values.containsKey(key);
    }

    String text(String key) {
        return optionalText(key).orElseGet(() -> {
            complaints.add(node, at(key), "is missing, and has no default");
            return "missing";
        });
    }

    String text(String key, String fallback) {
        return optionalText(key).orElse(fallback);
    }

    Optional<String> optionalText(String key) {
        known.add(key);
        return Optional.ofNullable(values.get(key)).flatMap(value -> scalar(value, at(key)));
    }

    private Optional<String> scalar(Node value, String key) {
        if (value instanceof ScalarNode scalar) {
            return substituted(scalar, key);
        }
        complaints.add(value, key, "must be a single value");
        return Optional.empty();
    }

    /** {@code ${NAME}} and {@code ${NAME:-default}} from the environment: how secrets stay out of the file. */
    private Optional<String> substituted(ScalarNode scalar, String key) {
        var matcher = FROM_ENVIRONMENT.matcher(scalar.getValue());
        var text = new StringBuilder();
        while (matcher.find()) {
            var value = environment.apply(matcher.group(1)).or(() -> Optional.ofNullable(matcher.group(2)));
            if (value.isEmpty()) {
                complaints.add(scalar, key, "environment variable " + matcher.group(1) + " is not set");
                return Optional.empty();
            }
            matcher.appendReplacement(text, Matcher.quoteReplacement(value.get()));
        }
        matcher.appendTail(text);
        return Optional.of(text.toString());
    }

    Duration duration(String key, Duration fallback, Duration min, Duration max) {
        return parsed(key, fallback, "must be a duration from " + Durations.text(min) + " to " + Durations.text(max)
                + ", such as 500ms, 30s, 5m, 2h or 7d",
                text -> Durations.parse(text).filter(d -> d.compareTo(min) >= 0 && d.compareTo(max) <= 0));
    }

    int integer(String key, int fallback, int min, int max) {
        return parsed(key, fallback, "must be a whole number from " + min + " to " + max, text -> {
            try {
                int value = Integer.parseInt(text);
                return value < min || value > max ? Optional.empty() : Optional.of(value);
            } catch (NumberFormatException notANumber) {
                return Optional.empty();
            }
        });
    }

    double decimal(String key, double fallback, double min, double max) {
        return parsed(key, fallback, "must be a number from " + min + " to " + max, text -> {
            try {
                double value = Double.parseDouble(text);
                return value >= min && value <= max ? Optional.of(value) : Optional.empty();
            } catch (NumberFormatException notANumber) {
                return Optional.empty();
            }
        });
    }

    boolean flag(String key, boolean fallback) {
        return parsed(key, fallback, "must be true or false", text -> switch (text) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        });
    }

    String choice(String key, String fallback, String... allowed) {
        return parsed(key, fallback, "must be one of " + String.join(", ", allowed),
                text -> Arrays.asList(allowed).contains(text) ? Optional.of(text) : Optional.empty());
    }

    Optional<URI> optionalUrl(String key) {
        return has(key) ? Optional.of(url(key)) : Optional.empty();
    }

    URI url(String key) {
        if (!has(key)) {
            complaints.add(node, at(key), "is missing, and has no default");
        }
        return parsed(key, URI.create("http://missing"), "must be an http:// or https:// address", Section::toUrl);
    }

    static Optional<URI> toUrl(String text) {
        try {
            var url = URI.create(text);
            String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
            return url.getHost() != null && (scheme.equals("http") || scheme.equals("https"))
                    ? Optional.of(url)
                    : Optional.empty();
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }

    /**
     * Any type that checks itself.
     *
     * @param rule what is allowed, for the complaint
     */
    <T> T parsed(String key, T fallback, String rule, Function<String, Optional<T>> parser) {
        var text = optionalText(key);
        if (text.isEmpty()) {
            return fallback;
        }
        return parser.apply(text.get()).orElseGet(() -> {
            var value = Objects.requireNonNull(values.get(key));
            boolean fromEnvironment = value instanceof ScalarNode scalar && scalar.getValue().contains("${");
            complaints.add(value, at(key), rule + (fromEnvironment ? "" : ", was '" + text.get() + "'"));
            return fallback;
        });
    }

    List<String> texts(String key) {
        var items = items(key);
        var texts = new ArrayList<String>();
        for (int i = 0; i < items.size(); i++) {
            scalar(items.get(i), at(key) + "[" + i + "]").ifPresent(texts::add);
        }
        return texts;
    }

    private List<Node> items(String key) {
        known.add(key);
        var value = values.get(key);
        if (value instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        if (value != null) {
            complaints.add(value, at(key), "must be a list");
        }
        return List.of();
    }

    Map<String, String> textMap(String key) {
        var section = section(key);
        var map = new LinkedHashMap<String, String>();
        for (String name : List.copyOf(section.values.keySet())) {
            map.put(name, section.text(name, ""));
        }
        return map;
    }

    /** The mapping under a key; an empty one where there is none. */
    Section section(String key) {
        known.add(key);
        var value = values.get(key);
        return value == null
                ? new Section(complaints, at(key), new MappingNode(Tag.MAP, true, List.of(), node.getStartMark(),
                        node.getEndMark(), FlowStyle.BLOCK), environment)
                : new Section(complaints, at(key), value, environment);
    }

    List<Section> sections(String key) {
        var items = items(key);
        var sections = new ArrayList<Section>();
        for (int i = 0; i < items.size(); i++) {
            sections.add(new Section(complaints, at(key) + "[" + i + "]", items.get(i), environment));
        }
        return sections;
    }

    /** The mappings under the keys of a mapping. */
    Map<String, Section> sectionMap(String key) {
        var section = section(key);
        var map = new LinkedHashMap<String, Section>();
        for (String name : List.copyOf(section.values.keySet())) {
            map.put(name, section.section(name));
        }
        return map;
    }

    boolean isMapping(String key) {
        return values.get(key) instanceof MappingNode;
    }

    /** Whether the file itself says the text under a key, at least by default: nothing of it must come from elsewhere. */
    boolean isWrittenOut(String key) {
        if (!(values.get(key) instanceof ScalarNode scalar)) {
            return false;
        }
        var references = FROM_ENVIRONMENT.matcher(scalar.getValue()).results().toList();
        return references.isEmpty() || references.stream()
                .anyMatch(reference -> reference.group(2) != null && !reference.group(2).isEmpty());
    }

    Function<String, Optional<String>> environment() {
        return environment;
    }

    /** Complains about the value of a key, or about the section where the key is not there. */
    void complain(String key, String rule) {
        complaints.add(values.getOrDefault(key, node), at(key), rule);
    }

    /** All keys have been asked for: what is left is misspelt or misplaced. */
    void nothingElse() {
        values.forEach((key, value) -> {
            if (!known.contains(key)) {
                complaints.add(value, at(key), "is not a key here; allowed: " + String.join(", ", known));
            }
        });
    }
}
