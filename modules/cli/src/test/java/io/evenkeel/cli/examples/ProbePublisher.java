package io.evenkeel.cli.examples;

import java.io.File;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData.EnumSymbol;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** An agent of your own: publishes what it saw of one node. */
public final class ProbePublisher implements AutoCloseable {

    private static final String BOOT_ID = UUID.randomUUID().toString();
    private final String topic;
    private final Schema schema;
    private final KafkaProducer<String, GenericRecord> producer;
    private long counter;

    /** @param settings with {@code value.serializer}: Confluent's KafkaAvroSerializer, or Evenkeel's */
    public ProbePublisher(String topic, File schemas, Map<String, Object> settings) throws IOException {
        var parser = new Schema.Parser();
        for (String type : new String[]{"ProbePurpose", "ProbeReason", "ProbeSource"}) {
            parser.parse(new File(schemas, "types/" + type + ".avsc"));
        }
        this.topic = topic;
        this.schema = parser.parse(new File(schemas, "ProbeResult.avsc"));
        this.producer = new KafkaProducer<>(settings);
    }

    /** Returns when Kafka has it. {@code reason}: NONE for a healthy node. */
    public void publish(String cluster, String node, String incarnation, String reason, long latencyMicros)
            throws ExecutionException, InterruptedException {
        var source = new GenericRecordBuilder(schema.getField("source").schema()).set("vantage", "us-east-1a")
                .set("zone", "us-east-1a").set("agent", "my-agent").set("bootId", BOOT_ID).set("counter", ++counter)
                .build();
        var result = new GenericRecordBuilder(schema).set("subject", symbol("subject", "NODE")).set("cluster", cluster)
                .set("node", node).set("incarnation", incarnation).set("source", source)
                .set("purpose", symbol("purpose", "SCHEDULED")).set("reason", symbol("reason", reason))
                .set("latencyMicros", latencyMicros).set("ageAtSendMicros", 0L).set("intervalMillis", 30_000L).build();
        producer.send(new ProducerRecord<>(topic, cluster, result)).get();
    }

    private EnumSymbol symbol(String field, String name) {
        return new EnumSymbol(schema.getField(field).schema(), name);
    }

    @Override
    public void close() {
        producer.close();
    }
}
