package io.evenkeel.lab;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A channel of a chat that takes what Slack's incoming webhooks take. Thread-safe.
 *
 * @see <a href="https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks">incoming webhooks</a>
 */
public final class LabChat {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_BLOCKS = 50;

    private final List<String> messages = new CopyOnWriteArrayList<>();

    /** The short texts of all messages so far, in order. */
    public List<String> messages() {
        return List.copyOf(messages);
    }

    void onMessage(HttpExchange exchange) throws IOException {
        try {
            var message = JSON.readTree(exchange.getRequestBody());
            if (isMessage(message)) {
                messages.add(message.path("text").asText());
                LabReceiver.answer(exchange, 200, "ok");
                return;
            }
            LabReceiver.answer(exchange, 400, "invalid_blocks");
        } catch (JsonProcessingException e) {
            LabReceiver.answer(exchange, 400, "invalid_payload");
        }
    }

    private static boolean isMessage(JsonNode message) {
        var blocks = message.path("blocks");
        if (message.path("text").asText().isEmpty() || blocks.size() > MAX_BLOCKS) {
            return false;
        }
        for (var block : blocks) {
            String text = block.path("text").path("text").asText();
            if (block.path("type").asText().isEmpty()
                    || text.length() > (block.path("type").asText().equals("header") ? 150 : 3000)) {
                return false;
            }
        }
        return true;
    }
}
