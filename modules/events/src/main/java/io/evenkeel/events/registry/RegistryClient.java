package io.evenkeel.events.registry;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * A Confluent-compatible registry with a memory: what it once said of an id or a schema stays true, so a running
 * process needs it no more. For many threads.
 *
 * <p>Every method throws {@link RegistryUnavailableException} when no configured registry could be asked, and
 * {@link RegistryAnswerException} when one said no.
 */
public final class RegistryClient implements AutoCloseable {

    /** Settings key under which a serializer may be handed a client to share, so that ids are looked up once. */
    public static final String SHARED = "evenkeel.registry.client";

    private record SubjectSchema(String subject, Schema schema) {}

    private final RegistryHttp http;
    private final Map<Integer, Schema> byId = new ConcurrentHashMap<>();
    private final Map<SubjectSchema, Integer> ids = new ConcurrentHashMap<>();

    public RegistryClient(RegistrySettings settings) {
        this.http = new RegistryHttp(settings);
    }

    public static RegistryClient of(Map<String, ?> settings) {
        return new RegistryClient(RegistrySettings.of(settings));
    }

    /** The schema of a global id. */
    public Schema schemaById(int id) {
        Schema known = byId.get(id);
        if (known != null) {
            return known;
        }
        var schema = parsed(http.get("schemas/ids/" + id).path("schema").asText(), id);
        byId.put(id, schema);
        return schema;
    }

    /** The id of a schema that is registered under the subject. */
    public int lookup(String subject, Schema schema) {
        return idOf(subject, schema, "");
    }

    /** The id of a schema, which is registered under the subject if it is not yet. */
    public int register(String subject, Schema schema) {
        return idOf(subject, schema, "/versions");
    }

    /** The id of the subject's newest version; asked once for each schema that is written with it. */
    int latest(String subject, Schema written) {
        return ids.computeIfAbsent(new SubjectSchema(subject, written), _ -> {
            var answer = http.get("subjects/" + RegistryHttp.escaped(subject) + "/versions/latest");
            int id = answer.path("id").asInt();
            byId.put(id, parsed(answer.path("schema").asText(), id));
            return id;
        });
    }

    /** Sets what versions a subject accepts, such as {@code FULL_TRANSITIVE}. */
    public void setCompatibility(String subject, String level) {
        http.send("PUT", "config/" + RegistryHttp.escaped(subject), Map.of("compatibility", level));
    }

    @Override
    public void close() {
        http.close();
    }

    private int idOf(String subject, Schema schema, String below) {
        var key = new SubjectSchema(subject, schema);
        Integer known = ids.get(key);
        if (known != null) {
            return known;
        }
        var published = PublicSchema.of(schema);
        String path = "subjects/" + RegistryHttp.escaped(subject) + below;
        int id = http.send("POST", path, Map.of("schemaType", "AVRO", "schema", published.toString())).path("id")
                .asInt();
        ids.put(key, id);
        byId.putIfAbsent(id, published);
        return id;
    }

    private static Schema parsed(String text, int id) {
        try {
            return new Schema.Parser().parse(text);
        } catch (AvroRuntimeException e) {
            throw new RegistryAnswerException(0, "schema " + id + " of the registry is no Avro schema: "
                    + e.getMessage());
        }
    }
}
