package io.evenkeel.lab.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LabProcessesIT {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    Path outside;

    @TempDir
    Path above;

    private final List<ProcessHandle> started = new ArrayList<>();

    @AfterEach
    void endWhatIsLeft() {
        started.forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void nothingIsLeftAfterKill9OfTheLab() throws IOException {
        // Given
        var lab = startParent();
        var family = family();
        assertThat(family).hasSize(4).allMatch(Signals::isAlive);
        // When
        Signals.kill9(lab.pid());
        // Then
        await().atMost(LIMIT).untilAsserted(() -> assertThat(family).noneMatch(Signals::isAlive));
        await().atMost(LIMIT).untilAsserted(() -> assertThat(above.resolve("lab")).doesNotExist());
        assertThat(outside.resolve("order")).as("nobody was asked to end").doesNotExist();
    }

    @Test
    void childrenEndInReverseOrderWhenTheTerminalEndsTheLab() throws Exception {
        // Given
        var lab = startParent();
        var family = family();
        // When: to the lab's whole group, as a terminal does
        new ProcessBuilder("kill", "-s", "TERM", "--", "-" + lab.pid()).start().waitFor();
        // Then
        assertThat(lab.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(outside.resolve("order")).hasContent("newer\nolder");
        assertThat(family).noneMatch(Signals::isAlive);
        assertThat(above.resolve("lab")).doesNotExist();
    }

    @Test
    void reaperKeepsFromProcessesItWasToldToForget() throws Exception {
        var kept = sleeper();
        var ended = sleeper();
        var reaper = Reaper.start();
        reaper.add(kept.pid());
        reaper.add(ended.pid());
        reaper.remove(kept.pid());
        reaper.close();
        assertThat(ended.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(kept.isAlive()).isTrue();
    }

    @Test
    void reaperOutlivesTheSignalsOfATerminal() throws Exception {
        var ended = sleeper();
        try (var reaper = Reaper.start()) {
            reaper.add(ended.pid());
            // An order that was carried out shows that the shell has set its traps.
            reaper.folder(Files.createDirectory(above.resolve("data")));
            await().atMost(LIMIT).until(() -> ignoresTerm(reaper.pid()));
            for (var signal : List.of("INT", "TERM", "HUP")) {
                new ProcessBuilder("kill", "-s", signal, Long.toString(reaper.pid())).start().waitFor();
            }
            assertThat(ended.isAlive()).isTrue();
        }
        assertThat(ended.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(above.resolve("data")).doesNotExist();
    }

    @Test
    void pausedChildStaysAndEndsWhenAsked() throws IOException {
        try (var processes = LabProcesses.over(Files.createDirectory(above.resolve("lab")))) {
            var child = processes.start(new ChildCommand("sleeper", List.of("sleep", "300"), Map.of(), outside,
                    outside.resolve("sleeper.log")));
            child.pause();
            assertThat(state(child.pid())).isEqualTo("T");
            assertThat(child.isAlive()).isTrue();
            child.stop(Duration.ofSeconds(5));
            assertThat(child.onExit()).succeedsWithin(LIMIT).isEqualTo(128 + 15);
        }
    }

    private Process startParent() throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Files.createDirectory(above.resolve("lab"));
        var lab = new ProcessBuilder("setsid", java, "-XX:TieredStopAtLevel=1", "-cp",
                System.getProperty("java.class.path"), LabParent.class.getName(), above.resolve("lab").toString(),
                outside.toString()).redirectErrorStream(true).redirectOutput(outside.resolve("parent.log").toFile())
                .start();
        started.add(lab.toHandle());
        await().atMost(LIMIT).until(() -> Stream.of("ready", "older.pids", "newer.pids")
                .allMatch(name -> Files.exists(outside.resolve(name))));
        return lab;
    }

    /** The lab's children and theirs. */
    private List<ProcessHandle> family() throws IOException {
        var family = new ArrayList<ProcessHandle>();
        for (var name : List.of("older", "newer")) {
            for (var pid : Files.readString(outside.resolve(name + ".pids")).strip().split(" ", -1)) {
                ProcessHandle.of(Long.parseLong(pid)).ifPresent(family::add);
            }
        }
        started.addAll(family);
        return family;
    }

    private Process sleeper() throws IOException {
        var process = new ProcessBuilder("sleep", "300").start();
        started.add(process.toHandle());
        return process;
    }

    private static String state(long pid) throws IOException {
        var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        return stat.substring(stat.lastIndexOf(')') + 2).substring(0, 1);
    }

    private static boolean ignoresTerm(long pid) throws IOException {
        var line = Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream().filter(l -> l.startsWith("SigIgn:"))
                .findFirst().orElseThrow();
        return (Long.parseLong(line.substring(7).strip(), 16) & 1L << (15 - 1)) != 0;
    }
}
