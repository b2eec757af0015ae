package io.evenkeel.cli.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.cli.Evenkeel;
import io.evenkeel.events.Topics;
import io.evenkeel.events.kafka.EventPublisher;
import io.evenkeel.events.kafka.KafkaSettings;
import io.evenkeel.events.serde.EventSerdes;
import io.evenkeel.lab.aws.AwsEndpoint;
import io.evenkeel.lab.aws.AwsEndpointSettings;
import io.evenkeel.lab.aws.InstanceLauncher;
import io.evenkeel.lab.kafka.KafkaBroker;
import io.evenkeel.lab.process.ChildCommand;
import io.evenkeel.lab.process.ChildProcess;
import io.evenkeel.lab.process.FreePorts;
import io.evenkeel.lab.process.LabProcesses;
import io.evenkeel.lab.registry.SchemaRegistry;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A broker, a registry and an AWS endpoint that run, and {@code evenkeel run} in processes of its own. */
final class PipelineBench implements AutoCloseable {

    private final LabProcesses processes;
    private final KafkaBroker broker;
    private final SchemaRegistry registry;
    private final AwsEndpoint aws;
    private final KafkaSettings kafka;
    private final EventSerdes serdes;
    private final EventPublisher publisher;
    private final List<String> clusters;
    private final int metricsPort = FreePorts.find();

    /**
     * Chooses ports; the registry and the AWS endpoint run from here on, the broker from {@link #startBroker} on.
     *
     * @param folder made here, gone after {@link #close}
     * @param clusters ids; one failure makes a node of theirs DOWN, one success makes it UP
     */
    PipelineBench(Path folder, List<String> clusters) throws IOException {
        Files.createDirectories(folder);
        this.clusters = clusters;
        processes = LabProcesses.over(folder);
        broker = new KafkaBroker(processes);
        registry = new SchemaRegistry(folder.resolve("registry.json"));
        registry.start();
        aws = AwsEndpoint.start(AwsEndpointSettings.defaults(), new NoInstances());
        kafka = new KafkaSettings(Map.of("bootstrap.servers", broker.bootstrapServers()));
        serdes = new EventSerdes(
                Map.of("schema.registry.url", registry.url().toString(), "auto.register.schemas", "true"));
        publisher = new EventPublisher(kafka, "test", serdes.serializer());
    }

    /** No group is defined, so none is asked for. */
    private static final class NoInstances implements InstanceLauncher {
        @Override
        public void launch(String instanceId, String groupName, String availabilityZone) {
            throw new IllegalStateException("no instance was asked for");
        }

        @Override
        public void terminate(String instanceId) {
            throw new IllegalStateException("there is no instance " + instanceId);
        }
    }

    PipelineBench startBroker() {
        broker.start();
        return this;
    }

    SchemaRegistry registry() {
        return registry;
    }

    KafkaSettings kafka() {
        return kafka;
    }

    EventSerdes serdes() {
        return serdes;
    }

    /** Node n1 of a cluster, seen as an agent sees it. */
    NodeReports reports(String cluster) {
        return new NodeReports(publisher, new Topics(), cluster);
    }

    /** What the first process serves; all are given the same port. */
    String metrics() throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + metricsPort + "/metrics")).build();
            return http.send(request, BodyHandlers.ofString()).body();
        }
    }

    /** Starts {@code evenkeel run} with a good configuration. */
    ChildProcess run(String name) throws IOException {
        return runWith(name, "");
    }

    /** As above, with more of its keys. */
    ChildProcess runWith(String name, String more) throws IOException {
        return run(name, "{name: %s, zone: %s}".formatted(NodeReports.VANTAGE.name(), NodeReports.VANTAGE.zone()),
                clusters.stream().map(PipelineBench::cluster).collect(Collectors.joining("\n")),
                "decision: {armed: false}\n" + more);
    }

    /** As above, with these items of {@code vantages} and of {@code clusters}. */
    ChildProcess run(String name, String vantages, String clusterItems) throws IOException {
        return run(name, vantages, clusterItems, "decision: {armed: false}");
    }

    /** As above, with what {@code decision}, and {@code services} if there are any, are. */
    ChildProcess run(String name, String vantages, String clusterItems, String decision) throws IOException {
        return evenkeel(name, List.of("run", "--config", Files.writeString(processes.folder().resolve(name + ".yaml"),
                configuration(vantages, clusterItems, decision), UTF_8).toString()));
    }

    /** Starts a program of the test's own, with what it is given to print in {@code <name>.log}. */
    ChildProcess java(String name, Class<?> main, String... arguments) {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx32m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp",
                System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return processes.start(new ChildCommand(name, command, Map.of(), processes.folder(),
                processes.folder().resolve(name + ".log")));
    }

    /** Starts the product's own command line. */
    ChildProcess evenkeel(String name, List<String> arguments) {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow", "-cp", System.getProperty("java.class.path"),
                Evenkeel.class.getName()));
        command.addAll(arguments);
        return processes.start(new ChildCommand(name, command,
                Map.of("AWS_ENDPOINT_URL", aws.uri().toString(), "AWS_REGION", "us-east-1", "AWS_ACCESS_KEY_ID", "test",
                        "AWS_SECRET_ACCESS_KEY", "test", "AWS_EC2_METADATA_DISABLED", "true"),
                processes.folder(), processes.folder().resolve(name + ".log")));
    }

    /**
     * Runs a command in this process: it is what a process of its own would do, without the seconds that a JVM takes to start.
     *
     * @return what it printed
     */
    static String call(int exit, String... arguments) {
        var printed = new StringWriter();
        var out = new PrintWriter(printed, true);
        int code = Evenkeel.commandLine().setOut(out).setErr(out).execute(arguments);
        assertThat(code).as(printed.toString()).isEqualTo(exit);
        return printed.toString();
    }

    private String configuration(String vantages, String clusterItems, String decision) {
        return """
                kafka: {bootstrapServers: "%s", replicationFactor: 1, stateFolder: %s}
                schemaRegistry: {url: "%s", autoRegister: true}
                vantages: [%s]
                clusters:
                %s
                %s
                actions: {home: %s}
                metrics: {port: %d}
                """.formatted(broker.bootstrapServers(), processes.folder().resolve("state"), registry.url(),
                vantages, clusterItems, decision, processes.folder(), metricsPort);
    }

    private static String cluster(String id) {
        return """
                  - id: %s
                    seeds: ["http://127.0.0.1:1"]
                    probe: {interval: 2s, timeout: 1s}
                    health: {failureThreshold: 1, recoveryThreshold: 1, minimumHealthy: 0s, staleAfter: 2m, flapping: {high: 1000, low: 999}}\
                """
                .formatted(id).indent(2).stripTrailing();
    }

    @Override
    public void close() {
        publisher.close();
        serdes.close();
        processes.close();
        aws.close();
        registry.close();
    }
}
