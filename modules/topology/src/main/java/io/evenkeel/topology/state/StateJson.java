package io.evenkeel.topology.state;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.evenkeel.core.action.Command;
import java.io.IOException;
import java.util.Objects;
import org.apache.kafka.common.errors.SerializationException;

/**
 * State as JSON: readable in a changelog at 3 a.m., and tolerant of fields that another version has or lacks. It never
 * leaves Evenkeel's own changelogs; what others read is Avro.
 */
public final class StateJson {

    private static final ObjectMapper JSON = JsonMapper.builder().addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS, SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .addMixIn(Command.class, CommandByClass.class)
            .registerSubtypes(Objects.requireNonNull(Command.class.getPermittedSubclasses())).build();

    private StateJson() {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "command")
    private interface CommandByClass {}

    public static byte[] written(Object value) {
        try {
            return JSON.writeValueAsBytes(value);
        } catch (JsonProcessingException impossible) {
            throw new SerializationException("state of " + value.getClass().getName(), impossible);
        }
    }

    public static <T> T read(Class<T> type, byte[] bytes) {
        try {
            return JSON.readValue(bytes, type);
        } catch (IOException unreadable) {
            throw new SerializationException("state of " + type.getName() + " can't be read", unreadable);
        }
    }
}
