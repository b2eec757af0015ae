package io.evenkeel.lab.actions;

import io.evenkeel.actions.ActionConsumer;
import io.evenkeel.actions.ActionHandlers;
import io.evenkeel.actions.ActionTimes;
import io.evenkeel.actions.DnsStrategy;
import io.evenkeel.actions.LastLook;
import io.evenkeel.actions.TrafficSwitch;
import io.evenkeel.actions.aws.AwsAdapters;
import io.evenkeel.actions.testing.InMemoryLiveFacts;
import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.ServiceId;
import io.evenkeel.core.decision.SafetyPolicy;
import io.evenkeel.events.Topics;
import io.evenkeel.events.kafka.KafkaSettings;
import io.evenkeel.events.serde.EventSerdes;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * A process that carries out requests as {@code evenkeel run} does: {@link ActionConsumer} over real Kafka clients, and the
 * AWS adapters over the real SDK; one consumer for each of some topic prefixes. Ends by TERM.
 */
final class ActionProcess {

    /** A call may begin until 4 s after its claim: enough for a machine that is busy. */
    static final ActionTimes TIMES = new ActionTimes(Duration.ofSeconds(9), Duration.ofSeconds(3),
            Duration.ofSeconds(5), Duration.ofSeconds(3));

    /** The cluster that services are on. */
    static final ClusterId PRIMARY = new ClusterId("primary");

    private static final Pattern COMMA = Pattern.compile(",");
    private static final String SERVICE = "service.";

    private ActionProcess() {}

    /** One argument: the file with its settings. */
    public static void main(String[] args) throws Exception {
        var settings = new Properties();
        try (var reader = Files.newBufferedReader(Path.of(args[0]))) {
            settings.load(reader);
        }
        var kafka = new KafkaSettings(Map.of("bootstrap.servers", settings.getProperty("kafka"),
                "producer.interceptor.classes", KafkaSteps.class.getName(),
                "producer." + KafkaSteps.FOLDER, settings.getProperty("steps"),
                "producer.transaction.timeout.ms", "5000"));
        var serdes = new EventSerdes(
                Map.of("schema.registry.url", settings.getProperty("registry"), "auto.register.schemas", "true"));
        var aws = AwsAdapters.open(TIMES.callTimeout(), URI.create(settings.getProperty("aws")));
        // There are no clusters here to be looked at.
        var lastLook = new LastLook(new InMemoryLiveFacts(),
                _ -> Optional.of(new SafetyPolicy.Facts(SafetyPolicy.Facts.Use.OFF, Duration.ZERO)));
        var handlers = new ActionHandlers(aws.instanceHealth(), traffic(aws, settings), lastLook);
        // The SDK's first call loads classes for longer than a lease, on a busy machine.
        aws.instanceHealth().read("i-none");
        var home = Path.of(settings.getProperty("home"));
        var consumers = COMMA.splitAsStream(settings.getProperty("prefixes"))
                .map(prefix -> new ActionConsumer(kafka, new Topics(prefix), serdes, handlers, TIMES, home)).toList();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(consumers)));
        consumers.forEach(ActionConsumer::start);
        Thread.currentThread().join();
    }

    /** Each service has a health check of its own as its switch. */
    private static Map<ServiceId, TrafficSwitch> traffic(AwsAdapters aws, Properties settings) {
        var traffic = new HashMap<ServiceId, TrafficSwitch>();
        settings.stringPropertyNames().stream().filter(name -> name.startsWith(SERVICE))
                .forEach(name -> traffic.put(new ServiceId(name.substring(SERVICE.length())),
                        aws.trafficSwitch(new DnsStrategy.HealthCheck(settings.getProperty(name), PRIMARY))));
        return traffic;
    }

    private static void close(List<ActionConsumer> consumers) {
        var threads = consumers.stream().map(consumer -> Thread.ofVirtual().start(consumer::close)).toList();
        for (var thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
