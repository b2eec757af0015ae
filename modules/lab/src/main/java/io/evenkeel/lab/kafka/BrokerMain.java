package io.evenkeel.lab.kafka;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/** The broker's own process: formats its folder if that is new, and serves until TERM. */
public final class BrokerMain {

    /** A lab has one cluster, on loopback: any id does. 16 bytes in base 64, as Kafka asks. */
    private static final String CLUSTER_ID = "ZXZlbmtlZWwtbGFiLTAwMQ";

    private BrokerMain() {}

    /**
     * Runs the broker.
     *
     * @param args the file with the broker's properties
     */
    public static void main(String[] args) throws IOException {
        if (args.length != 1) {
            throw new IllegalArgumentException("one argument expected, the properties file, got " + args.length);
        }
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(Path.of(args[0]))) {
            properties.load(reader);
        }
        var settings = new HashMap<String, String>();
        properties.stringPropertyNames().forEach(name -> settings.put(name, properties.getProperty(name)));
        try {
            serve(settings);
        } catch (Exception e) {
            e.printStackTrace();
            // Threads that the half-started broker left would keep the process.
            Runtime.getRuntime().halt(1);
        }
    }

    private static void serve(Map<String, String> settings) throws Exception {
        var folder = settings.getOrDefault("log.dirs", "");
        if (!Files.exists(Path.of(folder, "meta.properties"))) {
            new Formatter().setNodeId(Integer.parseInt(settings.getOrDefault("node.id", "1"))).setClusterId(CLUSTER_ID)
                    .setControllerListenerName("CONTROLLER").setMetadataLogDirectory(folder).addDirectory(folder).run();
        }
        var server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "shutdown"));
        server.startup();
        server.awaitShutdown();
    }
}
