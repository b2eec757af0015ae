package io.evenkeel.channels.content;

import java.util.ArrayList;
import java.util.List;

/** A notification as plain text, for mail, SNS and logs of receivers. Lines end with a line feed. */
public final class PlainText {

    /** RFC 5322 allows 998 bytes in a line; encodings of mail fold on their own, readers of SNS do not. */
    private static final int MAX_LINE = 900;

    private PlainText() {}

    public static String of(Content content) {
        var lines = new ArrayList<String>();
        lines.add(content.headline());
        lines.add("");
        facts(content, lines);
        content.items().forEach(item -> {
            lines.add(item.title());
            lines.add("  " + item.when());
            item.lines().forEach(line -> lines.add("  - " + line));
            lines.add("");
        });
        if (!content.more().isEmpty()) {
            lines.add(content.more());
            lines.add("");
        }
        if (!content.links().isEmpty()) {
            content.links().forEach(link -> lines.add(link.text() + ": " + link.url()));
            lines.add("");
        }
        if (!content.commands().isEmpty()) {
            lines.add("Next:");
            content.commands().forEach(command -> lines.add("  " + command));
            lines.add("");
        }
        lines.add("-- evenkeel, " + content.footer());
        return String.join("\n", lines.stream().map(line -> Texts.cut(line, MAX_LINE)).toList()) + "\n";
    }

    private static void facts(Content content, List<String> lines) {
        int width = content.facts().stream().mapToInt(fact -> fact.name().length()).max().orElse(0);
        content.facts().forEach(
                fact -> lines.add(fact.name() + ":" + " ".repeat(width - fact.name().length() + 1) + fact.value()));
        if (!content.facts().isEmpty()) {
            lines.add("");
        }
    }
}
