package io.evenkeel.bench.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.evenkeel.bench.BenchOptions;
import io.evenkeel.bench.Wire;
import io.evenkeel.events.TopicSpec;
import io.evenkeel.events.Topics;
import io.evenkeel.events.kafka.KafkaSettings;
import io.evenkeel.events.kafka.TopicBootstrap;
import io.evenkeel.lab.kafka.KafkaBroker;
import io.evenkeel.lab.process.ChildCommand;
import io.evenkeel.lab.process.ChildProcess;
import io.evenkeel.lab.process.LabProcesses;
import io.evenkeel.lab.process.LogTail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;

/** A broker and a registry of the bench's own, on loopback; all of it is gone after {@link #close}. */
final class KafkaWorld implements AutoCloseable {

    static final Topics TOPICS = new Topics();
    /** What the references write and read; partitioned as the topics beside it. */
    static final TopicSpec REFERENCE = topic("bench-reference");
    /** What {@link CommitFloor} answers. */
    static final TopicSpec FLOOR = topic("bench-floor");
    /** Where {@link PassThrough} writes what it read; nobody reads it. */
    static final TopicSpec PASSED = topic("bench-passed");

    private final Path folder;
    private final LabProcesses processes;
    private final KafkaBroker broker;
    private final Wire wire;
    private final KafkaSettings kafka;
    private final BenchOptions options;

    private static TopicSpec topic(String name) {
        return new TopicSpec(name, Topics.SPREAD, Map.of("message.timestamp.type", "LogAppendTime"));
    }

    private KafkaWorld(BenchOptions options) throws IOException {
        this.options = options;
        folder = Files.createTempDirectory("evenkeel-bench-kafka-");
        processes = LabProcesses.over(folder);
        broker = new KafkaBroker(processes);
        wire = new Wire();
        kafka = new KafkaSettings(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    static KafkaWorld start(BenchOptions options) throws IOException, InterruptedException {
        options.say("starting a broker");
        var world = new KafkaWorld(options);
        try {
            world.broker.start();
            try (var admin = Admin.create(world.kafka.admin("bench"))) {
                var topics = new ArrayList<>(TOPICS.all());
                topics.addAll(List.of(REFERENCE, FLOOR, PASSED));
                TopicBootstrap.ensure(admin, topics, (short) 1);
            }
            return world;
        } catch (RuntimeException | InterruptedException failed) {
            world.close();
            throw failed;
        }
    }

    KafkaSettings kafka() {
        return kafka;
    }

    Wire wire() {
        return wire;
    }

    Path folder() {
        return folder;
    }

    /** Any program, with what it prints in {@code <name>.log} of the folder. */
    ChildProcess program(String name, List<String> command) {
        return processes.start(new ChildCommand(name, command, Map.of(), folder, folder.resolve(name + ".log")));
    }

    /** A producer and readers that share this world's broker. */
    Traffic traffic() {
        return new Traffic(this);
    }

    /** {@code evenkeel run} as a process of its own, not armed; it judges all clusters by the defaults. */
    ChildProcess run(String name, List<String> jvmOptions) throws IOException {
        return run(name, jvmOptions, List.of(), "{}");
    }

    /**
     * As above; these clusters it judges by numbers of their own.
     *
     * @param health what {@code clusters[].health} says of them
     */
    ChildProcess run(String name, List<String> jvmOptions, List<String> special, String health) throws IOException {
        return run(name, jvmOptions, special, health, "{}");
    }

    /** @param properties what {@code kafka.properties} says */
    ChildProcess run(String name, List<String> jvmOptions, List<String> special, String health, String properties)
            throws IOException {
        var clusters = special.stream().map(id -> """
                  - {id: %s, seeds: ["http://127.0.0.1:1"], health: %s}
                """.formatted(id, health)).collect(Collectors.joining());
        var config = Files.writeString(folder.resolve(name + ".yaml"), configuration(name, properties) + clusters,
                UTF_8);
        return evenkeel(name, jvmOptions, List.of("run", "--config", config.toString()));
    }

    /** As the first; this is in its configuration too. */
    ChildProcess runWith(String name, List<String> jvmOptions, String more) throws IOException {
        var config = Files.writeString(folder.resolve(name + ".yaml"), configuration(name, "{}") + more, UTF_8);
        return evenkeel(name, jvmOptions, List.of("run", "--config", config.toString()));
    }

    ChildProcess evenkeel(String name, List<String> jvmOptions, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(options.evenkeel().getFirst());
        command.addAll(jvmOptions);
        command.addAll(options.evenkeel().subList(1, options.evenkeel().size()));
        command.addAll(arguments);
        return processes.start(new ChildCommand(name, command,
                Map.of("AWS_ENDPOINT_URL", "http://127.0.0.1:1", "AWS_REGION", "us-east-1", "AWS_ACCESS_KEY_ID", "none",
                        "AWS_SECRET_ACCESS_KEY", "none", "AWS_EC2_METADATA_DISABLED", "true"),
                folder, folder.resolve(name + ".log")));
    }

    private String configuration(String name, String properties) {
        return """
                kafka: {bootstrapServers: "%s", replicationFactor: 1, stateFolder: %s, properties: %s}
                schemaRegistry: {url: "%s", autoRegister: true}
                vantages:
                  - {name: vantage-a, zone: eu-west-1a}
                  - {name: vantage-b, zone: eu-west-1b}
                  - {name: vantage-c, zone: eu-west-1c}
                decision: {armed: false}
                actions: {home: %s}
                metrics: {enabled: false}
                clusters:
                  - {id: unused, seeds: ["http://127.0.0.1:1"]}
                """.formatted(broker.bootstrapServers(), folder.resolve("state-" + name), properties,
                wire.settings().get("schema.registry.url"), folder);
    }

    /**
     * Returns at once while it runs.
     *
     * @throws IllegalStateException with its last words when it has ended
     */
    static void requireAlive(ChildProcess process) {
        if (!process.isAlive()) {
            throw new IllegalStateException(process.name() + " ended, and said: " + LogTail.of(process.log()));
        }
    }

    @Override
    public void close() throws IOException {
        processes.close();
        wire.close();
    }
}
