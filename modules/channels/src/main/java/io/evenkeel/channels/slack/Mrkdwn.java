package io.evenkeel.channels.slack;

import io.evenkeel.channels.content.Texts;
import io.evenkeel.core.notification.Link;
import java.util.List;

/** Slack's markup. Only {@code & < >} are escaped ("Formatting text for app surfaces"): no mention, no link comes from a text. */
final class Mrkdwn {

    /** Escaping makes five characters of one, so that a line of this length always fits in a text of 3000. */
    static final int MAX_LINE = 500;

    private Mrkdwn() {}

    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** One line, escaped after it was cut: an entity must not be cut. */
    static String line(String text) {
        return escaped(Texts.cut(Texts.oneLine(text), MAX_LINE));
    }

    /** As inline code; a backtick would end it. */
    static String code(String text) {
        return "`" + line(text.replace('`', '\'')) + "`";
    }

    /** An address that can be clicked; of an address' characters only {@code &} needs escaping. */
    static String link(Link link) {
        return "<" + escaped(link.url()) + "|" + line(link.text().replace('|', '/')) + ">";
    }

    /** Lines that are escaped already, as many as fit; says how many did not. */
    static String joined(List<String> lines, int max) {
        var text = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            String rest = "\n_and " + (lines.size() - i) + " more lines_";
            boolean last = i == lines.size() - 1;
            if (text.length() + 1 + lines.get(i).length() + (last ? 0 : rest.length()) > max) {
                return text.append(rest).toString();
            }
            text.append(i == 0 ? "" : "\n").append(lines.get(i));
        }
        return text.toString();
    }
}
