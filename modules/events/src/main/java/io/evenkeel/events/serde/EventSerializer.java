package io.evenkeel.events.serde;

import io.evenkeel.events.Topics;
import io.evenkeel.events.codec.EventCodec;
import io.evenkeel.events.codec.EventTypes;
import io.evenkeel.events.registry.SubjectNames;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Events to bytes: a codec over the Avro serializer named by {@value EventSerdes#SERIALIZER}. Subjects are named by topic,
 * and by topic and record on topics of several types, whatever {@code value.subject.name.strategy} says.
 */
public final class EventSerializer implements Serializer<Object> {

    private @Nullable Serializer<Object> byTopic;
    private @Nullable Serializer<Object> byTopicAndRecord;

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        // A process that only writes, such as a tick writer, has nobody else who would.
        EventTypes.trust();
        byTopic = avroSerializer(configs, isKey, SubjectNames.TOPIC);
        byTopicAndRecord = avroSerializer(configs, isKey, SubjectNames.TOPIC_RECORD);
    }

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable Object event) {
        if (event == null) {
            return null;
        }
        var avro = Topics.carriesSeveralTypes(topic) ? byTopicAndRecord : byTopic;
        if (avro == null) {
            throw new IllegalStateException("serialize before configure");
        }
        try {
            return avro.serialize(topic, EventCodec.encode(event));
        } catch (IllegalArgumentException e) {
            throw new SerializationException("can't write an event to " + topic + ": " + e.getMessage(), e);
        }
    }

    @Override
    public byte @Nullable [] serialize(String topic, Headers headers, @Nullable Object event) {
        return serialize(topic, event);
    }

    @Override
    public void close() {
        if (byTopic != null) {
            byTopic.close();
        }
        if (byTopicAndRecord != null) {
            byTopicAndRecord.close();
        }
    }

    private static Serializer<Object> avroSerializer(Map<String, ?> configs, boolean isKey, SubjectNames names) {
        var settings = new HashMap<String, Object>(configs);
        settings.put((isKey ? "key" : "value") + ".subject.name.strategy", names.className());
        settings.putIfAbsent("auto.register.schemas", "false");
        settings.putIfAbsent("avro.remove.java.properties", "true");
        Serializer<Object> serializer = EventSerdes.avroSerializer(configs);
        serializer.configure(settings, isKey);
        return serializer;
    }
}
