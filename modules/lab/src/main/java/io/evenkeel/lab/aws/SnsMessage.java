package io.evenkeel.lab.aws;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** A message as published, after SNS's rules. Attributes: name to type and value. */
record SnsMessage(String id, String topicArn, Optional<String> subject, String text,
        Map<String, Map.Entry<String, String>> attributes) {
    /** Quota: 256 KiB, attributes included. */
    private static final int MAX_BYTES = 256 * 1024;
    private static final int MAX_SUBJECT = 100;

    /** @throws AwsFault InvalidParameter, as SNS words it */
    static SnsMessage read(AwsRequest request, String topicArn) {
        var message = request.parameter("Message").orElseThrow(() -> SnsTopics.invalid("Empty message"));
        var attributes = attributes(request);
        int size = bytes(message) + attributes.entrySet().stream()
                .mapToInt(
                        one -> bytes(one.getKey()) + bytes(one.getValue().getKey()) + bytes(one.getValue().getValue()))
                .sum();
        if (size > MAX_BYTES) {
            throw SnsTopics.invalid("Message too long");
        }
        var subject = request.parameter("Subject");
        if (subject.filter(text -> text.length() > MAX_SUBJECT || !text.matches("\\p{ASCII}*")
                || text.chars().anyMatch(c -> c < ' ' || c == 127) || text.startsWith(" ")).isPresent()) {
            throw SnsTopics.invalid("Subject");
        }
        var text = switch (request.parameter("MessageStructure").orElse("")) {
            case "" -> message;
            case "json" -> forHttp(message);
            default -> throw SnsTopics.invalid("MessageStructure");
        };
        return new SnsMessage(UUID.randomUUID().toString(), topicArn, subject, text, attributes);
    }

    private static String forHttp(String message) {
        JsonNode byProtocol;
        try {
            byProtocol = RequestReader.json(message);
        } catch (AwsFault e) {
            throw SnsTopics.invalid("Message Structure - JSON message body failed to parse");
        }
        if (!byProtocol.path("default").isTextual()) {
            throw SnsTopics.invalid("Message Structure - No default entry in JSON message body");
        }
        return byProtocol.path("http").asText(byProtocol.path("default").asText());
    }

    private static Map<String, Map.Entry<String, String>> attributes(AwsRequest request) {
        var attributes = new TreeMap<String, Map.Entry<String, String>>();
        for (int i = 1; request.parameter("MessageAttributes.entry." + i + ".Name").isPresent(); i++) {
            var at = "MessageAttributes.entry." + i;
            var name = request.required(at + ".Name");
            var value = request.parameter(at + ".Value.StringValue")
                    .or(() -> request.parameter(at + ".Value.BinaryValue"))
                    .orElseThrow(() -> new AwsFault(400, "ParameterValueInvalid",
                            "The message attribute '" + name + "' must contain non-empty message attribute value."));
            attributes.put(name, Map.entry(request.required(at + ".Value.DataType"), value));
        }
        return attributes;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
