package io.evenkeel.lab.actions;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hold wins within a second of the broker having it, whatever there is to do and whoever dies: real processes. */
final class HoldFaultIT {

    private static final Duration GRACE = Duration.ofSeconds(20);
    private static final int BACKLOG = 120;

    @TempDir
    static Path folder;

    private static ProcessWorld world;

    @BeforeAll
    static void start() {
        world = new ProcessWorld(folder.resolve("parts"));
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    void itStopsABacklogInTheMiddle() throws Exception {
        try (var backlog = new SharedRequests(world, "backlog", BACKLOG)) {
            var one = world.process("one-with-backlog", backlog.worlds());
            backlog.awaitMembers(1);
            backlog.ask(0, BACKLOG);
            backlog.awaitCalls(BACKLOG / 10);
            backlog.assertHeldSince(backlog.holdAll(), "hold in a backlog");
            one.stop(GRACE);
        }
    }

    @Test
    void itStopsWhoTakesOverFromAProcessThatIsKilled() throws Exception {
        try (var shared = new SharedRequests(world, "taken", BACKLOG)) {
            var one = world.process("one-to-be-killed", shared.worlds());
            var two = world.process("two-to-take-over", shared.worlds());
            shared.awaitMembers(2);
            shared.ask(0, BACKLOG);
            shared.awaitCalls(BACKLOG / 10);
            one.kill9();
            shared.assertHeldSince(shared.holdAll(), "hold during a take-over");
            two.stop(GRACE);
        }
    }
}
