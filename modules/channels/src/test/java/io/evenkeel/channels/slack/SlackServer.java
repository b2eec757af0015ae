package io.evenkeel.channels.slack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenkeel.channels.http.Receiver.Answer;
import io.evenkeel.channels.http.Receiver.Request;
import java.util.regex.Pattern;

/** As strict as Slack's pages on incoming webhooks and on Block Kit's blocks. */
final class SlackServer {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Page "Formatting text for app surfaces", "Links": an address, a bar, and what stands there. */
    private static final Pattern LINK = Pattern.compile("<https://[^\\s<>|]+\\|[^<>|]+>");
    private static final Pattern MARKUP = Pattern.compile("[<>]|&(?!amp;|lt;|gt;)");

    private SlackServer() {}

    static Answer answer(Request request) {
        if (!request.method().equals("POST") || !request.headers().getOrDefault("content-type", "").startsWith(
                "application/json")) {
            return Answer.of(400, "invalid_payload");
        }
        try {
            return isMessage(JSON.readTree(request.text())) ? Answer.of(200, "ok") : Answer.of(400, "invalid_blocks");
        } catch (JsonProcessingException _) {
            return Answer.of(400, "invalid_payload");
        }
    }

    private static boolean isMessage(JsonNode message) {
        boolean good = within(message.path("text"), 1, 4000) && hasNoMarkup(message.path("text"))
                && message.path("blocks").size() <= 50;
        for (var block : message.path("blocks")) {
            good &= isBlock(block);
        }
        return good;
    }

    private static boolean isBlock(JsonNode block) {
        return switch (block.path("type").asText()) {
            case "header" -> block.path("text").path("type").asText().equals("plain_text")
                    && within(block.path("text").path("text"), 1, 150);
            case "section" -> block.has("fields")
                    ? block.path("fields").size() <= 10 && eachIsText(block.path("fields"), 2000)
                    : isText(block.path("text"), 3000);
            case "context" -> !block.path("elements").isEmpty() && block.path("elements").size() <= 10
                    && eachIsText(block.path("elements"), 3000);
            case "divider" -> true;
            default -> false;
        };
    }

    private static boolean eachIsText(JsonNode texts, int max) {
        boolean good = !texts.isEmpty();
        for (var text : texts) {
            good &= isText(text, max);
        }
        return good;
    }

    /** No markup that could name somebody; links only in lines of their own. */
    private static boolean isText(JsonNode text, int max) {
        return text.path("type").asText().equals("mrkdwn") && within(text.path("text"), 1, max)
                && hasNoMarkup(text.path("text"));
    }

    private static boolean hasNoMarkup(JsonNode text) {
        return text.asText().lines().filter(line -> !LINK.matcher(line).matches())
                .noneMatch(line -> MARKUP.matcher(line).find());
    }

    private static boolean within(JsonNode text, int min, int max) {
        return text.isTextual() && text.asText().length() >= min && text.asText().length() <= max;
    }
}
