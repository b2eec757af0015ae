package io.evenkeel.lab.actions;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exactly one effect and one end for each request, whatever is done to the processes that act: real ones, on a real broker. */
final class ActionStepsFaultIT {

    private static final Duration GRACE = Duration.ofSeconds(20);

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
    void whatAKilledProcessLeavesAtAnyStepComesToOneEffectAndOneEnd() throws Exception {
        try (var held = new HeldRequests(world, "killed")) {
            var victim = world.process("killed", held.worlds());
            held.drive();
            victim.kill9();
            held.holdNoMore();
            var heir = world.process("heir-of-killed", held.worlds());
            held.awaitEnds();
            held.letGo();
            held.assertOneEffectAndOneEndEach("killed at each step");
            heir.stop(GRACE);
        }
    }

    @Test
    void aProcessThatStandsStillAcrossItsLeaseAddsNoEffectAndNoEndWhenItGoesOn() throws Exception {
        try (var held = new HeldRequests(world, "stopped")) {
            var sleeper = world.process("stopped", held.worlds());
            held.drive();
            sleeper.pause();
            held.holdNoMore();
            var heir = world.process("heir-of-stopped", held.worlds());
            held.awaitEnds();
            held.letGo();
            sleeper.resume();
            heir.stop(GRACE);
            held.askBehindEach();
            held.assertOneEffectAndOneEndEach("stopped at each step, across the lease");
            sleeper.stop(GRACE);
        }
    }

    @Test
    void twoProcessesARebalanceAndAKillInTheMiddleAndAReplayComeToOneEffectAndOneEndEach() throws Exception {
        try (var shared = new SharedRequests(world, "shared", 36)) {
            shared.orderHold("one");
            var one = world.process("one", shared.worlds());
            shared.ask(1, 12);
            shared.awaitClaims(11);
            shared.ask(0, 1);
            shared.awaitHeld("one");
            var two = world.process("two", shared.worlds());
            shared.awaitMembers(2);
            shared.letGo("one");
            shared.awaitEnds(12, 12);

            shared.ask(12, 36);
            shared.awaitEnds(16, 36);
            one.kill9();
            shared.awaitEnds(36, 36);
            shared.assertOneEffectAndOneEndEach("two processes, a rebalance, a kill");

            two.stop(GRACE);
            shared.rewind();
            shared.ask(0, 36);
            shared.assertNothingComesOfReadingThemAgain("three");
        }
    }
}
