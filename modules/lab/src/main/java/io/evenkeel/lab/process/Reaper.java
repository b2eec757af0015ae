package io.evenkeel.lab.process;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small shell process that outlives the lab: when the pipe to it closes it ends every process it was told of and
 * deletes the lab's folder ({@code reaper.sh}). It knows a process by pid and start time. Thread-safe.
 */
final class Reaper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Reaper.class);
    private static final int PATIENCE_SECONDS = 20;

    private final Process shell;
    private final BufferedWriter orders;
    private boolean closed;

    private Reaper(Process shell) {
        this.shell = shell;
        this.orders = shell.outputWriter(StandardCharsets.UTF_8);
    }

    static Reaper start() {
        try (var script = Reaper.class.getResourceAsStream("reaper.sh")) {
            if (script == null) {
                throw new IllegalStateException("reaper.sh is missing from the class path");
            }
            var command = new ArrayList<>(Sessions.prefix());
            command.addAll(
                    List.of("sh", "-c", new String(script.readAllBytes(), StandardCharsets.UTF_8), "evenkeel-reaper"));
            // Not in the lab's folder, which it deletes.
            var builder = new ProcessBuilder(command).directory(Path.of("/").toFile());
            return new Reaper(builder.redirectOutput(Redirect.DISCARD).redirectError(Redirect.DISCARD).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void add(long pid) {
        order("add " + pid);
    }

    void remove(long pid) {
        order("remove " + pid);
    }

    /** The folder to delete at the end; absolute. */
    void folder(Path folder) {
        if (!folder.isAbsolute() || folder.getNameCount() < 2) {
            throw new IllegalArgumentException("folder must be absolute and below a folder of the root, was " + folder);
        }
        order("folder " + folder);
    }

    long pid() {
        return shell.pid();
    }

    private synchronized void order(String line) {
        if (closed) {
            return;
        }
        try {
            orders.write(line + "\n");
            orders.flush();
        } catch (IOException e) {
            // The lab goes on; only its last resort is gone.
            LOG.atWarn().setMessage("reaper lost").addKeyValue("order", line).addKeyValue("error", e.getMessage())
                    .log();
        }
    }

    /** Lets it do its work and waits for it. */
    @Override
    public void close() {
        try {
            synchronized (this) {
                closed = true;
                orders.close();
            }
            if (!shell.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.atWarn().setMessage("reaper still busy").addKeyValue("pid", shell.pid()).log();
            }
        } catch (IOException e) {
            LOG.atWarn().setMessage("reaper lost").addKeyValue("error", e.getMessage()).log();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
