package io.evenkeel.lab.process;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every child of one lab. {@link #close} ends them in the reverse order of their start; if the lab ends without it
 * (kill -9, a crash), a reaper process ends them by force. Both ways delete the lab's folder. Call {@code close} from a
 * shutdown hook: children run in sessions of their own and don't see the terminal's Ctrl-C. Thread-safe.
 */
public final class LabProcesses implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LabProcesses.class);

    /** A broker takes 0.7 s, an Elasticsearch node 0.5 s (measured). */
    private static final Duration GRACE = Duration.ofSeconds(15);

    private final Path folder;
    private final Reaper reaper;
    private final Deque<ChildProcess> children = new ArrayDeque<>();
    private boolean closed;

    private LabProcesses(Path folder, Reaper reaper) {
        this.folder = folder;
        this.reaper = reaper;
    }

    /**
     * Starts the reaper.
     *
     * @param folder the lab's own; deleted with all that is in it when the lab ends
     */
    public static LabProcesses over(Path folder) {
        var absolute = folder.toAbsolutePath().normalize();
        var reaper = Reaper.start();
        reaper.folder(absolute);
        return new LabProcesses(absolute, reaper);
    }

    /** The lab's folder, absolute. */
    public Path folder() {
        return folder;
    }

    /**
     * Starts a child.
     *
     * @throws LabException if the program can't be started
     * @throws IllegalStateException if the lab is being closed
     */
    public synchronized ChildProcess start(ChildCommand command) {
        if (closed) {
            throw new IllegalStateException("the lab is closed, can't start " + command.name());
        }
        var words = new ArrayList<>(Sessions.prefix());
        words.addAll(command.command());
        var builder = new ProcessBuilder(words).directory(command.workingFolder().toFile()).redirectErrorStream(true);
        builder.environment().putAll(command.environment());
        try {
            Files.createDirectories(command.log().toAbsolutePath().getParent());
            var process = builder.redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(Redirect.appendTo(command.log().toFile())).start();
            return watch(new ChildProcess(command, process));
        } catch (IOException e) {
            throw new LabException("can't start " + command.name() + ": " + e.getMessage(), e);
        }
    }

    private ChildProcess watch(ChildProcess child) {
        reaper.add(child.pid());
        children.push(child);
        LOG.atInfo().setMessage("child started").addKeyValue("child", child.name()).addKeyValue("pid", child.pid())
                .log();
        var _ = child.onExit().thenAccept(code -> {
            forget(child);
            LOG.atInfo().setMessage("child ended").addKeyValue("child", child.name()).addKeyValue("pid", child.pid())
                    .addKeyValue("code", code).log();
        });
        return child;
    }

    private void forget(ChildProcess child) {
        reaper.remove(child.pid());
        synchronized (this) {
            children.remove(child);
        }
    }

    /** Has the reaper end this process too, one that a child started. Harmless once it has ended: it is known by start time. */
    public void guard(long pid) {
        reaper.add(pid);
    }

    /** Ends the children, the newest first, and deletes the folder. Calls after the first do nothing. */
    @Override
    public void close() {
        var remaining = new ArrayList<ChildProcess>();
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            remaining.addAll(children);
        }
        remaining.forEach(child -> child.stop(GRACE));
        reaper.close();
        if (Files.exists(folder)) {
            LOG.atWarn().setMessage("folder left behind").addKeyValue("folder", folder).log();
        }
    }
}
