package io.evenkeel.lab.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Sends signals by pid, through the shell's own kill: the JDK knows TERM and KILL only. */
public final class Signals {

    private static final char GONE = '-';
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

    private Signals() {}

    /** SIGKILL: ends the process without a last word. */
    public static boolean kill9(long pid) {
        return send("KILL", pid);
    }

    /** SIGKILL to every process of the group that this pid leads; false if it leads none. */
    public static boolean kill9Group(long leader) {
        return send("KILL", -leader);
    }

    /** SIGTERM: asks the process to end. */
    public static boolean term(long pid) {
        return send("TERM", pid);
    }

    /**
     * SIGSTOP: the process stays, its sockets stay open, and it does nothing. Returns when that holds, where there is
     * a /proc: on a busy machine the other threads of a process go on until one of them was scheduled and took the
     * signal; a node was seen to answer a request sent after the signal.
     */
    public static boolean pause(long pid) {
        if (!send("STOP", pid)) {
            return false;
        }
        var deadline = System.nanoTime() + STOP_LIMIT.toNanos();
        var state = state(pid);
        while (state != 'T' && state != 't' && state != GONE && System.nanoTime() < deadline) {
            LockSupport.parkNanos(1_000_000);
            state = state(pid);
        }
        return true;
    }

    /** SIGCONT: goes on after {@link #pause}. */
    public static boolean resume(long pid) {
        return send("CONT", pid);
    }

    /** Whether this process runs; one that ended and waits for its parent (a zombie) doesn't. */
    public static boolean isAlive(ProcessHandle process) {
        return process.isAlive() && state(process.pid()) != 'Z';
    }

    /** The state letter of proc(5). */
    private static char state(long pid) {
        try {
            var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2);
        } catch (IOException noProcOrGone) {
            return GONE;
        }
    }

    /** False if there is no such process, or it is not ours to signal. */
    private static boolean send(String signal, long pid) {
        if (pid == 0 || pid == 1 || pid == -1) {
            throw new IllegalArgumentException("pid must be a child's, was " + pid);
        }
        var command = new ArrayList<>(
                List.of("sh", "-c", "kill -s \"$1\" -- \"$2\"", "sh", signal, Long.toString(pid)));
        try {
            return new ProcessBuilder(command).redirectOutput(Redirect.DISCARD).redirectError(Redirect.DISCARD).start()
                    .waitFor() == 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
