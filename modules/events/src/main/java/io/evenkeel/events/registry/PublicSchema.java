package io.evenkeel.events.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import org.apache.avro.Schema;

/**
 * A schema as others should see it: without {@code avro.java.string}, which the code generator adds for itself. Confluent's
 * serializer does the same with {@code avro.remove.java.properties=true}.
 */
final class PublicSchema {

    private static final String JAVA_STRING = "avro.java.string";
    private static final JsonMapper JSON = new JsonMapper();

    private PublicSchema() {}

    static Schema of(Schema schema) {
        String text = schema.toString();
        if (!text.contains(JAVA_STRING)) {
            return schema;
        }
        try {
            return new Schema.Parser().parse(cleaned(JSON.readTree(text)).toString());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a schema's own text is no JSON: " + text, e);
        }
    }

    private static JsonNode cleaned(JsonNode node) {
        if (node.isArray()) {
            var array = JSON.createArrayNode();
            node.forEach(item -> array.add(cleaned(item)));
            return array;
        }
        if (!node.isObject()) {
            return node;
        }
        if (node.has(JAVA_STRING) && node.size() == 2) {
            return new TextNode(node.path("type").asText());
        }
        var object = JSON.createObjectNode();
        node.properties().stream().filter(entry -> !entry.getKey().equals(JAVA_STRING))
                .forEach(entry -> object.set(entry.getKey(), cleaned(entry.getValue())));
        return object;
    }
}
