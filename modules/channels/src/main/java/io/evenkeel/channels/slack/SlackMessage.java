package io.evenkeel.channels.slack;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.channels.content.Content;
import io.evenkeel.channels.content.Texts;
import io.evenkeel.core.notification.Notification;
import java.util.ArrayList;

/**
 * A message of Block Kit. Limits: Slack's reference pages of the blocks "header" (150 characters), "section" (text 3000, 10
 * fields of 2000), "context" (10 elements), and "Blocks" (50 in a message).
 */
final class SlackMessage {

    static final int MAX_HEADER = 150;
    static final int MAX_TEXT = 3000;
    static final int MAX_FIELDS = 10;

    private static final ObjectMapper JSON = new ObjectMapper();

    private SlackMessage() {}

    /** {@code text} is what a phone's lock screen and a screen reader have. */
    static ObjectNode of(Notification notification) {
        var content = Content.of(notification);
        var message = JSON.createObjectNode().put("text", Mrkdwn.line(content.headline()));
        var blocks = message.putArray("blocks");
        header(blocks, Texts.cut(symbol(notification) + " " + content.headline(), MAX_HEADER));
        fields(blocks, content);
        if (!content.items().isEmpty()) {
            blocks.addObject().put("type", "divider");
        }
        content.items().forEach(item -> section(blocks, text(item)));
        if (!content.more().isEmpty()) {
            section(blocks, "*" + Mrkdwn.line(content.more()) + "*");
        }
        if (!content.links().isEmpty()) {
            section(blocks, Mrkdwn.joined(content.links().stream().map(Mrkdwn::link).toList(), MAX_TEXT));
        }
        if (!content.commands().isEmpty()) {
            blocks.addObject().put("type", "divider");
            section(blocks, Mrkdwn.joined(content.commands().stream().map(Mrkdwn::code).toList(), MAX_TEXT));
        }
        var context = blocks.addObject().put("type", "context");
        mrkdwn(context.putArray("elements").addObject(), Mrkdwn.line(content.footer()));
        return message;
    }

    private static String symbol(Notification notification) {
        return switch (notification.kind()) {
            case FIRING, UPDATED, REMINDER, ESCALATED -> switch (notification.severity()) {
                case PAGE -> ":rotating_light:";
                case WARN -> ":warning:";
                case INFO -> ":information_source:";
            };
            case ACKNOWLEDGED -> ":eyes:";
            case RESOLVED -> ":white_check_mark:";
            case TEST, HEARTBEAT -> ":information_source:";
        };
    }

    private static void header(ArrayNode blocks, String text) {
        blocks.addObject().put("type", "header").putObject("text").put("type", "plain_text").put("text", text)
                .put("emoji", true);
    }

    private static void fields(ArrayNode blocks, Content content) {
        if (content.facts().isEmpty()) {
            return;
        }
        var fields = blocks.addObject().put("type", "section").putArray("fields");
        content.facts().stream().limit(MAX_FIELDS).forEach(fact -> mrkdwn(fields.addObject(),
                "*" + Mrkdwn.escaped(Texts.cut(fact.name(), 50)) + "*\n"
                        + Mrkdwn.escaped(Texts.cut(fact.value(), 300))));
    }

    private static String text(Content.Item item) {
        var lines = new ArrayList<String>();
        lines.add("*" + Mrkdwn.line(item.title()) + "*");
        lines.add("_" + Mrkdwn.line(item.when()) + "_");
        item.lines().forEach(line -> lines.add("\u2022 " + Mrkdwn.line(line)));
        return Mrkdwn.joined(lines, MAX_TEXT);
    }

    private static void section(ArrayNode blocks, String text) {
        mrkdwn(blocks.addObject().put("type", "section").putObject("text"), text);
    }

    private static void mrkdwn(ObjectNode node, String text) {
        node.put("type", "mrkdwn").put("text", text);
    }
}
