package io.evenkeel.lab.kafka;

import io.evenkeel.lab.process.ChildCommand;
import io.evenkeel.lab.process.ChildProcess;
import io.evenkeel.lab.process.FreePorts;
import io.evenkeel.lab.process.LabException;
import io.evenkeel.lab.process.LabProcesses;
import io.evenkeel.lab.process.LogTail;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.jspecify.annotations.Nullable;

/**
 * One real Kafka broker that is its own KRaft controller, as a child process on loopback. It keeps its ports and its
 * data over restarts. Thread-safe.
 */
public final class KafkaBroker {

    /** 3.7 s on a quiet machine, 9 s on a loaded one (measured). */
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    /** 0.3 to 0.7 s (measured). */
    private static final Duration GRACE = Duration.ofSeconds(15);

    private final Path folder;
    private final LabProcesses processes;
    private final int port;
    private final int controllerPort;
    private final Map<String, String> extraSettings;
    private @Nullable ChildProcess child;

    /**
     * Chooses free ports; starts nothing.
     *
     * @param processes owns the process; the broker's files go to "kafka" in its folder
     */
    public KafkaBroker(LabProcesses processes) {
        this(processes, Map.of());
    }

    /**
     * As above.
     *
     * @param extraSettings broker settings, stronger than the lab's own
     */
    public KafkaBroker(LabProcesses processes, Map<String, String> extraSettings) {
        this.folder = processes.folder().resolve("kafka");
        this.processes = processes;
        this.port = FreePorts.find();
        this.controllerPort = otherThan(port);
        this.extraSettings = Map.copyOf(extraSettings);
    }

    private static int otherThan(int taken) {
        var found = FreePorts.find();
        while (found == taken) {
            found = FreePorts.find();
        }
        return found;
    }

    /** For a client's {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** What the broker prints. */
    public Path log() {
        return folder.resolve("broker.log");
    }

    public synchronized boolean isAlive() {
        return child != null && child.isAlive();
    }

    /** Empty while it isn't running. */
    public synchronized OptionalLong pid() {
        return child != null && child.isAlive() ? OptionalLong.of(child.pid()) : OptionalLong.empty();
    }

    /**
     * Starts the broker and returns when it answers.
     *
     * @throws LabException if it ends or doesn't answer within 60 s
     * @throws IllegalStateException if it runs already
     */
    public synchronized void start() {
        if (isAlive()) {
            throw new IllegalStateException("the broker runs already");
        }
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = List.of(java, "-Xms64m", "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError", "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dlogback.configurationFile=io/evenkeel/lab/kafka/logback-broker.xml", "-cp",
                classPath(), BrokerMain.class.getName(), writeSettings().toString());
        var started = processes.start(new ChildCommand("kafka", command, Map.of(), folder, log()));
        child = started;
        awaitAnswer(started);
    }

    /** The lab's own; absolute, for the broker runs in another folder. */
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** SIGKILL. */
    public synchronized void kill9() {
        if (child != null) {
            child.kill9();
        }
    }

    /** SIGSTOP until {@link #resume}. */
    public synchronized void pause() {
        if (child != null) {
            child.pause();
        }
    }

    /** SIGCONT. */
    public synchronized void resume() {
        if (child != null) {
            child.resume();
        }
    }

    /** Ends it in order; by force if that takes over 15 s. */
    public synchronized void stop() {
        if (child != null) {
            child.stop(GRACE);
        }
    }

    /** Ends it, if it runs, and starts it on the same ports and data. */
    public synchronized void restart() {
        stop();
        start();
    }

    private Path writeSettings() {
        var settings = new TreeMap<>(settings());
        settings.putAll(extraSettings);
        try {
            Files.createDirectories(folder);
            var text = settings.entrySet().stream()
                    .map(e -> e.getKey() + "=" + e.getValue().replace("\\", "\\\\") + "\n")
                    .collect(Collectors.joining());
            return Files.writeString(folder.resolve("broker.properties"), text);
        } catch (IOException e) {
            throw new LabException("can't write the broker's settings: " + e.getMessage(), e);
        }
    }

    private Map<String, String> settings() {
        return Map.ofEntries(Map.entry("process.roles", "broker,controller"), Map.entry("node.id", "1"),
                Map.entry("controller.quorum.voters", "1@127.0.0.1:" + controllerPort),
                Map.entry("controller.listener.names", "CONTROLLER"),
                Map.entry("listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort),
                Map.entry("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port),
                Map.entry("listener.security.protocol.map", "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT"),
                Map.entry("log.dirs", folder.resolve("data").toString()),
                Map.entry("offsets.topic.num.partitions", "1"), Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("transaction.state.log.num.partitions", "1"),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                Map.entry("share.coordinator.state.topic.num.partitions", "1"),
                Map.entry("share.coordinator.state.topic.replication.factor", "1"),
                Map.entry("share.coordinator.state.topic.min.isr", "1"),
                Map.entry("auto.create.topics.enable", "false"), Map.entry("group.initial.rebalance.delay.ms", "0"),
                // A killed instance's transaction holds back readers until the broker looks for it; default 10 s.
                Map.entry("transaction.abort.timed.out.transaction.cleanup.interval.ms", "500"),
                // A broker killed and started again waits until its former self has timed out: 13 s with the default of
                // 9 s (measured).
                Map.entry("broker.session.timeout.ms", "3000"), Map.entry("broker.heartbeat.interval.ms", "500"),
                // 128 MiB by default, half of this broker's heap.
                Map.entry("log.cleaner.dedupe.buffer.size", "2097152"));
    }

    private void awaitAnswer(ChildProcess started) {
        var deadline = System.nanoTime() + START_LIMIT.toNanos();
        Map<String, Object> client = Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers(),
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 1000, AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                1000,
                AdminClientConfig.RECONNECT_BACKOFF_MS_CONFIG, 50, AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                200);
        while (System.nanoTime() < deadline) {
            if (!started.isAlive()) {
                throw new LabException("the Kafka broker ended at its start, and said: " + LogTail.of(log()));
            }
            // Nobody listens yet: without this look the client would log a warning for each of its tries.
            if ((listens() && answers(client)) || Thread.currentThread().isInterrupted()) {
                return;
            }
            started.await(Duration.ofMillis(100));
        }
        throw new LabException("the Kafka broker gave no answer within " + START_LIMIT.toSeconds() + " s, and said: "
                + LogTail.of(log()));
    }

    private boolean listens() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 500);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static boolean answers(Map<String, Object> client) {
        try (var admin = Admin.create(client)) {
            return !admin.describeCluster().nodes().get().isEmpty();
        } catch (ExecutionException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
