package io.evenkeel.channels.slack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** A message of Block Kit as SVG, for the docs: close to what Slack shows, and drawn from what is really sent. */
final class SlackPicture {

    private static final int WIDTH = 760;
    private static final int LEFT = 24;
    private static final int COLUMN = 340;
    private static final int LINE = 20;

    private final StringBuilder shapes = new StringBuilder();
    private int y = 20;

    static String of(JsonNode message) {
        var picture = new SlackPicture();
        message.path("blocks").forEach(picture::block);
        return """
                <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d" \
                font-family="Lato, 'Helvetica Neue', Arial, sans-serif" font-size="14" fill="#1d1c1d">
                <rect width="%1$d" height="%2$d" rx="8" fill="#ffffff" stroke="#dddddd"/>
                %3$s</svg>
                """.formatted(WIDTH, picture.y + LINE, picture.shapes);
    }

    private void block(JsonNode block) {
        switch (block.path("type").asText()) {
            case "header" -> {
                y += LINE;
                text(LEFT, emoji(block.path("text").path("text").asText()), "font-size=\"18\" font-weight=\"bold\"");
                y += 8;
            }
            case "divider" -> {
                y += 12;
                shapes.append("<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"#dddddd\"/>\n".formatted(LEFT, y,
                        WIDTH - LEFT, y));
                y += 4;
            }
            case "section" -> section(block);
            case "context" -> {
                y += LINE + 4;
                text(LEFT, block.path("elements").path(0).path("text").asText(),
                        "font-size=\"12\" fill=\"#616061\"");
            }
            default -> throw new IllegalArgumentException("no picture of " + block.path("type"));
        }
    }

    private void section(JsonNode section) {
        if (section.has("text")) {
            section.path("text").path("text").asText().lines().forEach(this::line);
            y += 4;
            return;
        }
        int index = 0;
        for (var field : section.path("fields")) {
            int top = y;
            int x = LEFT + index % 2 * COLUMN;
            for (String line : field.path("text").asText().lines().toList()) {
                y += LINE;
                marked(x, line);
            }
            y = index % 2 == 0 && index + 1 < section.path("fields").size() ? top : y + 4;
            index++;
        }
    }

    private void line(String line) {
        y += LINE;
        marked(LEFT, line);
    }

    /** Bold, italic, code or a link, where all of the line is. */
    private void marked(int x, String line) {
        if (line.matches("\\*.*\\*")) {
            text(x, inner(line), "font-weight=\"bold\"");
        } else if (line.matches("_.*_")) {
            text(x, inner(line), "font-style=\"italic\"");
        } else if (line.matches("`.*`")) {
            text(x, inner(line), "font-family=\"Menlo, Consolas, monospace\" font-size=\"12\" fill=\"#c01343\"");
        } else if (line.matches("<.*\\|.*>")) {
            text(x, line.substring(line.indexOf('|') + 1, line.length() - 1), "fill=\"#1264a3\"");
        } else {
            text(x, line, "");
        }
    }

    private static String inner(String line) {
        return line.substring(1, line.length() - 1);
    }

    /** Slack's own escapes of &amp;, &lt; and &gt; are XML's too. */
    private void text(int x, String text, String style) {
        shapes.append(String.format(Locale.ROOT, "<text x=\"%d\" y=\"%d\"%s>%s</text>%n", x, y,
                style.isEmpty() ? "" : " " + style, text));
    }

    private static String emoji(String text) {
        return text.replace(":rotating_light:", "\uD83D\uDEA8").replace("&", "&amp;").replace("<", "&lt;");
    }
}
