package io.evenkeel.lab.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Sends signals by pid, through the shell's own kill: the JDK knows TERM and KILL only. */
public final class Signals {

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

    /** SIGSTOP: the process stays, its sockets stay open, and it does nothing. */
    public static boolean pause(long pid) {
        return send("STOP", pid);
    }

    /** SIGCONT: goes on after {@link #pause}. */
    public static boolean resume(long pid) {
        return send("CONT", pid);
    }

    /** Whether this process runs; one that ended and waits for its parent (a zombie) doesn't. */
    public static boolean isAlive(ProcessHandle process) {
        return process.isAlive() && !isZombie(process.pid());
    }

    private static boolean isZombie(long pid) {
        try {
            var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
        } catch (IOException noProcOrGone) {
            return false;
        }
    }

    /** False if there is no such process, or it is not ours to signal. */
    private static boolean send(String signal, long pid) {
        if (pid == 0 || pid == 1 || pid == -1) {
            throw new IllegalArgumentException("pid must be a child's, was " + pid);
        }
        var command = new ArrayList<>(List.of("sh", "-c", "kill -s \"$1\" -- \"$2\"", "sh", signal, Long.toString(pid)));
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
