package io.evenkeel.events.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.events.UndecodableEventException;
import io.evenkeel.events.UndecodableEventException.Reason;
import io.evenkeel.events.avro.Tick;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfluentAvroTest {

    private static final Schema GOLDEN = SchemaBuilder.record("Probe").namespace("x").fields().requiredString("node")
            .requiredBoolean("ok").requiredLong("ms").endRecord();
    private static final byte[] GOLDEN_BYTES = HexFormat.of().parseHex("0000000001046e3100f601");

    private final RegistryServer server = new RegistryServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void bytesAreConfluentsBytes() {
        server.add("t-value", GOLDEN);
        var written = serializer(Map.of()).serialize("t", golden());
        assertThat(written).isEqualTo(GOLDEN_BYTES);
        assertThat(deserializer(Map.of()).deserialize("t", GOLDEN_BYTES)).isEqualTo(golden());
    }

    @Test
    void nullStaysNull() {
        assertThat(serializer(Map.of()).serialize("t", null)).isNull();
        assertThat(deserializer(Map.of()).deserialize("t", null)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"TopicNameStrategy,t-value", "io.confluent.kafka.serializers.subject.RecordNameStrategy,x.Probe",
            "io.confluent.kafka.serializers.subject.TopicRecordNameStrategy,t-x.Probe"})
    void subjectIsNamedByTheStrategy(String strategy, String subject) {
        serializer(Map.of("value.subject.name.strategy", strategy, "auto.register.schemas", "true")).serialize("t",
                golden());
        assertThat(server.subjects()).containsOnlyKeys(subject);
    }

    @Test
    void keysHaveTheirOwnSubject() {
        var serializer = new ConfluentAvroSerializer();
        serializer.configure(settings(Map.of("auto.register.schemas", "true")), true);
        serializer.serialize("t", golden());
        assertThat(server.subjects()).containsOnlyKeys("t-key");
    }

    @Test
    void unknownStrategyIsRefusedByName() {
        assertThatThrownBy(() -> serializer(Map.of("value.subject.name.strategy", "MyStrategy")))
                .isInstanceOf(ConfigException.class).hasMessageContaining("MyStrategy");
    }

    @Test
    void nothingIsRegisteredUnasked() {
        assertThatThrownBy(() -> serializer(Map.of()).serialize("t", golden()))
                .isInstanceOf(SerializationException.class).hasMessageContaining("40401");
        assertThat(server.subjects()).isEmpty();
    }

    @Test
    void latestVersionIsTakenOnlyWhenItReadsTheSame() {
        server.add("t-value", GOLDEN);
        assertThat(serializer(Map.of("use.latest.version", "true")).serialize("t", golden())).isEqualTo(GOLDEN_BYTES);
        server.add("u-value", Tick.SCHEMA$);
        assertThatThrownBy(() -> serializer(Map.of("use.latest.version", "true")).serialize("u", golden()))
                .isInstanceOf(SerializationException.class).hasMessageContaining("u-value");
    }

    @Test
    void registeredSchemaIsFreeOfJavaProperties() {
        serializer(Map.of("auto.register.schemas", "true")).serialize("t", new Tick("w", 1L, "", -1L));
        assertThat(server.schemaText(1)).doesNotContain("avro.java.string").contains("\"doc\"");
        assertThat(new Schema.Parser().parse(server.schemaText(1)).getField("writer").schema().getType())
                .isEqualTo(Schema.Type.STRING);
    }

    @ParameterizedTest
    @CsvSource({"'',TRUNCATED", "00,TRUNCATED", "00000000,TRUNCATED", "01000000010461,BAD_MAGIC_BYTE",
            "7b7d,BAD_MAGIC_BYTE", "00000000630461,UNKNOWN_SCHEMA_ID", "0000000001046e31,BAD_BODY",
            "0000000001046e3100f60100,BAD_BODY", "0000000001ffffffff0f,BAD_BODY"})
    void poisonIsToldWithItsReason(String hex, Reason reason) {
        server.add("t-value", GOLDEN);
        assertThatThrownBy(() -> deserializer(Map.of()).deserialize("t", HexFormat.of().parseHex(hex)))
                .isInstanceOfSatisfying(UndecodableEventException.class,
                        poison -> assertThat(poison.reason()).isEqualTo(reason));
    }

    @Test
    void foreignRecordIsPoisonForASpecificReader() {
        server.add("t-value", GOLDEN);
        assertThatThrownBy(() -> deserializer(Map.of("specific.avro.reader", "true")).deserialize("t", GOLDEN_BYTES))
                .isInstanceOfSatisfying(UndecodableEventException.class,
                        poison -> assertThat(poison.reason()).isEqualTo(Reason.UNKNOWN_TYPE));
    }

    @Test
    void outageIsNotPoison() {
        server.failWith = 500;
        assertThatThrownBy(() -> deserializer(Map.of()).deserialize("t", GOLDEN_BYTES))
                .isInstanceOf(RegistryUnavailableException.class).hasMessageContaining("500");
    }

    private ConfluentAvroSerializer serializer(Map<String, ?> more) {
        var serializer = new ConfluentAvroSerializer();
        serializer.configure(settings(more), false);
        return serializer;
    }

    private ConfluentAvroDeserializer deserializer(Map<String, ?> more) {
        var deserializer = new ConfluentAvroDeserializer();
        deserializer.configure(settings(more), false);
        return deserializer;
    }

    private Map<String, Object> settings(Map<String, ?> more) {
        var settings = new HashMap<String, Object>(more);
        settings.put("schema.registry.url", server.url());
        return settings;
    }

    private static GenericData.Record golden() {
        return new GenericRecordBuilder(GOLDEN).set("node", new org.apache.avro.util.Utf8("n1")).set("ok", false)
                .set("ms", 123L).build();
    }
}
