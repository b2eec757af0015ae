package io.evenkeel.events.registry;

import io.evenkeel.events.UndecodableEventException;
import io.evenkeel.events.UndecodableEventException.Reason;
import io.evenkeel.events.codec.EventTypes;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Confluent's wire format to Avro records, with Confluent's settings: {@code schema.registry.url},
 * {@code specific.avro.reader} (false by default: generic records), {@code basic.auth.*}, {@code bearer.auth.*}. With
 * specific records only Evenkeel's own events are read, resolved to the schemas that this build knows.
 *
 * <p>Throws {@link UndecodableEventException} for poison and {@link RegistryUnavailableException} for an outage.
 */
public final class ConfluentAvroDeserializer implements Deserializer<Object> {

    private record Configured(RegistryClient registry, boolean owned, boolean specific) {}

    private final Map<Integer, DatumReader<Object>> readers = new ConcurrentHashMap<>();
    private @Nullable Configured configured;

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        EventTypes.trust();
        var shared = configs.get(RegistryClient.SHARED) instanceof RegistryClient client ? client : null;
        configured = new Configured(shared != null ? shared : RegistryClient.of(configs), shared == null,
                Boolean.parseBoolean(RegistrySettings.text(configs, "specific.avro.reader", "false")));
    }

    @Override
    public @Nullable Object deserialize(String topic, byte @Nullable [] data) {
        if (data == null) {
            return null;
        }
        if (configured == null) {
            throw new IllegalStateException("deserialize before configure");
        }
        var reader = readerOf(configured, WireFormat.schemaId(data));
        try {
            var decoder = DecoderFactory.get().binaryDecoder(data, WireFormat.HEADER_BYTES,
                    data.length - WireFormat.HEADER_BYTES, null);
            var message = reader.read(null, decoder);
            if (!decoder.isEnd()) {
                throw new UndecodableEventException(Reason.BAD_BODY, "bytes left over after the record");
            }
            return message;
        } catch (IOException | AvroRuntimeException | ArithmeticException | IndexOutOfBoundsException
                | ClassCastException | UnsupportedOperationException e) {
            // All of these come out of Avro's decoder when it is fed bytes that were never written by one.
            throw new UndecodableEventException(Reason.BAD_BODY, "body does not decode: " + e, e);
        }
    }

    @Override
    public void close() {
        if (configured != null && configured.owned()) {
            configured.registry().close();
        }
    }

    private DatumReader<Object> readerOf(Configured from, int schemaId) {
        var known = readers.get(schemaId);
        if (known != null) {
            return known;
        }
        var reader = newReader(from.specific(), writtenWith(from.registry(), schemaId));
        readers.put(schemaId, reader);
        return reader;
    }

    private static Schema writtenWith(RegistryClient registry, int schemaId) {
        try {
            return registry.schemaById(schemaId);
        } catch (RegistryAnswerException e) {
            throw new UndecodableEventException(Reason.UNKNOWN_SCHEMA_ID, "schema id " + schemaId + ": "
                    + e.getMessage(), e);
        }
    }

    private static DatumReader<Object> newReader(boolean specific, Schema writer) {
        if (!specific) {
            return new GenericDatumReader<>(writer);
        }
        var reader = EventTypes.byName().get(writer.getFullName());
        if (reader == null) {
            throw new UndecodableEventException(Reason.UNKNOWN_TYPE, "no event of Evenkeel: " + writer.getFullName());
        }
        return new SpecificDatumReader<>(writer, reader,
                new SpecificData(ConfluentAvroDeserializer.class.getClassLoader()));
    }
}
