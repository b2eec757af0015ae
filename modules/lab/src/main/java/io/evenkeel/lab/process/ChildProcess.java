package io.evenkeel.lab.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A running or ended child of the lab. It leads a process group of its own where the machine has setsid. Thread-safe. */
public final class ChildProcess {

    private final ChildCommand command;
    private final Process process;

    ChildProcess(ChildCommand command, Process process) {
        this.command = command;
        this.process = process;
    }

    public String name() {
        return command.name();
    }

    public long pid() {
        return process.pid();
    }

    public Path log() {
        return command.log();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Completes with the exit code when the child has ended: 128 + signal when a signal ended it. */
    public CompletableFuture<Integer> onExit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /** SIGKILL to the child alone; returns when it has ended. */
    public void kill9() {
        process.destroyForcibly();
        await(Duration.ofSeconds(10));
    }

    /** SIGKILL to the child and to every process of its group; returns when the child has ended. */
    public void kill9Group() {
        if (process.isAlive()) {
            Signals.kill9Group(pid());
        }
        kill9();
    }

    /** SIGSTOP: hangs with its sockets open until {@link #resume}. */
    public void pause() {
        if (process.isAlive()) {
            Signals.pause(pid());
        }
    }

    public void resume() {
        if (process.isAlive()) {
            Signals.resume(pid());
        }
    }

    /** Asks the child to end, and ends it and its group by force if it hasn't after {@code grace}. */
    public void stop(Duration grace) {
        if (!process.isAlive()) {
            return;
        }
        resume();
        process.destroy();
        if (!await(grace)) {
            kill9Group();
        }
    }

    /** Waits until the child has ended; false if it still runs after {@code limit}. */
    public boolean await(Duration limit) {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        }
    }
}
