package io.evenkeel.events.registry;

import static io.evenkeel.events.registry.RegistrySettings.text;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Avro records to Confluent's wire format, with Confluent's settings: {@code schema.registry.url},
 * {@code auto.register.schemas} (false by default), {@code use.latest.version}, {@code value.subject.name.strategy},
 * {@code key.subject.name.strategy}, {@code basic.auth.*}, {@code bearer.auth.*}.
 */
public final class ConfluentAvroSerializer implements Serializer<Object> {

    private @Nullable Configured configured;

    private record Configured(RegistryClient registry, boolean owned, boolean key, boolean register, boolean latest,
            SubjectNames names) {}

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        var shared = configs.get(RegistryClient.SHARED) instanceof RegistryClient client ? client : null;
        String strategy = (isKey ? "key" : "value") + ".subject.name.strategy";
        configured = new Configured(shared != null ? shared : RegistryClient.of(configs), shared == null, isKey,
                Boolean.parseBoolean(text(configs, "auto.register.schemas", "false")),
                Boolean.parseBoolean(text(configs, "use.latest.version", "false")),
                SubjectNames.named(strategy, text(configs, strategy, SubjectNames.TOPIC.className())));
    }

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable Object data) {
        if (data == null) {
            return null;
        }
        if (configured == null) {
            throw new IllegalStateException("serialize before configure");
        }
        if (!(data instanceof IndexedRecord message)) {
            throw new SerializationException("must be an Avro record, was " + data.getClass().getName());
        }
        return encoded(schemaId(configured, topic, message.getSchema()), message);
    }

    @Override
    public void close() {
        if (configured != null && configured.owned()) {
            configured.registry().close();
        }
    }

    private static int schemaId(Configured to, String topic, Schema schema) {
        String subject = to.names().subject(topic, to.key(), schema.getFullName());
        if (to.register()) {
            return to.registry().register(subject, schema);
        }
        return to.latest() ? latestId(to.registry(), subject, schema) : to.registry().lookup(subject, schema);
    }

    private static int latestId(RegistryClient registry, String subject, Schema schema) {
        int id = registry.latest(subject, schema);
        // The bytes are ours: they may only carry the id of a schema that reads them the same way.
        if (!SchemaNormalization.toParsingForm(registry.schemaById(id))
                .equals(SchemaNormalization.toParsingForm(schema))) {
            throw new SerializationException("newest version of subject " + subject + " (id " + id
                    + ") differs from the schema that is written: " + schema.getFullName());
        }
        return id;
    }

    private static byte[] encoded(int schemaId, IndexedRecord message) {
        var bytes = new ByteArrayOutputStream(256);
        bytes.writeBytes(WireFormat.header(schemaId));
        try {
            var encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
            DatumWriter<IndexedRecord> writer = message instanceof SpecificRecord
                    ? new SpecificDatumWriter<>(message.getSchema())
                    : new GenericDatumWriter<>(message.getSchema());
            writer.write(message, encoder);
            encoder.flush();
        } catch (IOException | AvroRuntimeException e) {
            throw new SerializationException("can't write " + message.getSchema().getFullName() + ": " + e, e);
        }
        return bytes.toByteArray();
    }
}
