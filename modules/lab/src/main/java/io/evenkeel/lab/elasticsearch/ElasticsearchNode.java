package io.evenkeel.lab.elasticsearch;

import io.evenkeel.lab.process.ChildCommand;
import io.evenkeel.lab.process.ChildProcess;
import io.evenkeel.lab.process.LabException;
import io.evenkeel.lab.process.LabProcesses;
import io.evenkeel.lab.process.Signals;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One real Elasticsearch node: a launcher process, child of the lab, and the server, child of the launcher. It may be
 * started again after it ended, with the data it had. Thread-safe.
 */
public final class ElasticsearchNode {

    /** A node ends 0.5 s after TERM (measured), a busy one later. */
    private static final Duration GRACE = Duration.ofSeconds(15);

    private final ElasticsearchNodeSpec spec;
    private final ElasticsearchDistribution distribution;
    private final LabProcesses processes;
    private final NodeFiles files;
    private @Nullable ChildProcess launcher;
    private @Nullable ProcessHandle server;

    public ElasticsearchNode(ElasticsearchNodeSpec spec, ElasticsearchDistribution distribution,
            LabProcesses processes) {
        this.spec = spec;
        this.distribution = distribution;
        this.processes = processes;
        this.files = new NodeFiles(distribution.nodes().resolve(spec.name()));
    }

    public ElasticsearchNodeSpec spec() {
        return spec;
    }

    /** Where its REST API is or will be. */
    public URI url() {
        return URI.create("http://" + spec.host() + ":" + spec.httpPort());
    }

    /** What the launcher and the server print. */
    public Path log() {
        return files.log();
    }

    /**
     * Starts the processes and returns at once; {@link ElasticsearchHealth} waits for the cluster.
     *
     * @throws LabException if this machine can't run the server
     * @throws IllegalStateException if it runs already
     */
    public synchronized void start() {
        if (isAlive()) {
            throw new IllegalStateException(spec.name() + " runs already");
        }
        try {
            files.write(spec);
            distribution.user().own(files.folder());
        } catch (IOException e) {
            throw new LabException("can't write the configuration of " + spec.name() + ": " + e.getMessage(), e);
        }
        var command = new ArrayList<>(distribution.user().prefix());
        command.addAll(List.of(distribution.server().resolve("bin/elasticsearch").toString(), "-p",
                files.pidFile().toString()));
        server = null;
        var started = processes
                .start(new ChildCommand(spec.name(), command, environment(), distribution.server(), files.log()));
        launcher = started;
        Thread.ofVirtual().name("pid-of-" + spec.name()).start(() -> guardServer(started));
    }

    private Map<String, String> environment() {
        return Map.of("ES_JAVA_HOME", distribution.user().javaHome().toString(), "ES_PATH_CONF",
                files.config().toString(), "ES_TMPDIR", files.temporary().toString(),
                // The launcher's JVM: it only starts the server and waits.
                "CLI_JAVA_OPTS", "-XX:TieredStopAtLevel=1",
                // What the user has set for other servers is not for these.
                "ES_JAVA_OPTS", "");
    }

    /** Should the launcher alone be killed, the reaper still knows the server. */
    private void guardServer(ChildProcess started) {
        while (started.isAlive()) {
            var pid = serverPid();
            if (pid.isPresent()) {
                processes.guard(pid.getAsLong());
                return;
            }
            if (started.await(Duration.ofMillis(200))) {
                return;
            }
        }
    }

    /** The pid of the server's JVM; empty until it has written its pid file, some seconds after the start. */
    public OptionalLong serverPid() {
        return server().map(handle -> OptionalLong.of(handle.pid())).orElse(OptionalLong.empty());
    }

    private synchronized Optional<ProcessHandle> server() {
        var known = server;
        if (known == null && launcher != null && launcher.isAlive()) {
            known = readPid().flatMap(ProcessHandle::of).orElse(null);
            server = known;
        }
        return Optional.ofNullable(known);
    }

    private Optional<Long> readPid() {
        try {
            var text = Files.readString(files.pidFile()).strip();
            return text.isEmpty() ? Optional.empty() : Optional.of(Long.valueOf(text));
        } catch (IOException notYetWritten) {
            return Optional.empty();
        }
    }

    /** Whether both its processes run. A paused node is alive. */
    public boolean isAlive() {
        var child = child();
        return child.isPresent() && child.get().isAlive() && server().map(Signals::isAlive).orElse(true);
    }

    private synchronized Optional<ChildProcess> child() {
        return Optional.ofNullable(launcher);
    }

    /** SIGKILL to the server, and then to what is left of the launcher. */
    public void kill9() {
        child().ifPresent(child -> {
            // The server first: its launcher then collects it, and ends.
            server().filter(Signals::isAlive).ifPresent(handle -> {
                Signals.kill9(handle.pid());
                child.await(Duration.ofSeconds(2));
            });
            child.kill9Group();
        });
    }

    /** SIGSTOP: connections are accepted by the kernel, and nobody answers. */
    public void pause() {
        server().filter(Signals::isAlive).ifPresent(handle -> Signals.pause(handle.pid()));
    }

    /** SIGCONT. */
    public void resume() {
        server().filter(Signals::isAlive).ifPresent(handle -> Signals.resume(handle.pid()));
    }

    /** Ends the node as an orderly shutdown does; by force if that takes over 15 s. */
    public void stop() {
        resume();
        child().ifPresent(child -> child.stop(GRACE));
    }
}
