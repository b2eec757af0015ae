package io.evenkeel.events.serde;

import io.evenkeel.events.UndecodableEventException;
import io.evenkeel.events.UndecodableEventException.Reason;
import io.evenkeel.events.codec.EventCodec;
import io.evenkeel.events.codec.EventTypes;
import io.evenkeel.events.registry.RegistryUnavailableException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Bytes to events: a codec over the Avro deserializer named by {@value EventSerdes#DESERIALIZER}. Whatever that class
 * throws comes out as {@link UndecodableEventException} for poison or {@link RegistryUnavailableException} for an outage.
 */
public final class EventDeserializer implements Deserializer<Object> {

    private @Nullable Deserializer<Object> avro;

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        EventTypes.trust();
        var settings = new HashMap<String, Object>(configs);
        settings.put("specific.avro.reader", "true");
        avro = EventSerdes.avroDeserializer(configs);
        avro.configure(settings, isKey);
    }

    @Override
    public @Nullable Object deserialize(String topic, byte @Nullable [] data) {
        if (data == null) {
            return null;
        }
        if (avro == null) {
            throw new IllegalStateException("deserialize before configure");
        }
        Object message;
        try {
            message = avro.deserialize(topic, data);
        } catch (UndecodableEventException | RegistryUnavailableException e) {
            throw e;
        } catch (SerializationException e) {
            throw ForeignFailure.translated(e);
        }
        if (message instanceof SpecificRecord specific) {
            return EventCodec.decode(specific);
        }
        throw new UndecodableEventException(Reason.UNKNOWN_TYPE, "no event of Evenkeel");
    }

    @Override
    public @Nullable Object deserialize(String topic, Headers headers, byte @Nullable [] data) {
        return deserialize(topic, data);
    }

    @Override
    public void close() {
        if (avro != null) {
            avro.close();
        }
    }
}
