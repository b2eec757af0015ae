package io.evenkeel.cli.lab;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * {@code ./evenkeel lab ...} as a person starts it, with a folder of its own for temporary files: what still names that
 * folder afterwards was left behind, whatever else runs on this machine.
 */
final class LaunchedLab implements AutoCloseable {

    private final Path temporary;
    private final Process process;

    private LaunchedLab(Path temporary, Process process) {
        this.temporary = temporary;
        this.process = process;
    }

    static LaunchedLab start(String... arguments) throws IOException {
        // Elasticsearch may run as another user: it must be able to reach its files.
        var temporary = Files.createTempDirectory("evenkeel-launched-",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        var launcher = Path.of("..", "..", "evenkeel").toAbsolutePath().normalize();
        // Maven has packaged all of it just now: a second build from within this one would take its jars away.
        Files.writeString(Path.of("target", "dist", "built"), "");
        var command = new ArrayList<>(List.of(launcher.toString(), "lab"));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectOutput(temporary.resolve("out").toFile())
                .redirectError(temporary.resolve("err").toFile());
        builder.environment().put("EVENKEEL_JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("EVENKEEL_JAVA_OPTS", "-Djava.io.tmpdir=" + temporary);
        return new LaunchedLab(temporary, builder.start());
    }

    /** The exit code. */
    int await(Duration limit) throws InterruptedException {
        if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("evenkeel lab did not end within " + limit.toSeconds() + " s");
        }
        return process.exitValue();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** SIGKILL to the lab alone: the launcher's shell has become its JVM. */
    void kill9() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    String out() throws IOException {
        return Files.readString(temporary.resolve("out"), UTF_8);
    }

    String err() throws IOException {
        return Files.readString(temporary.resolve("err"), UTF_8);
    }

    /** Command lines of all processes that name the folder: the lab and its children. */
    List<String> processes() throws IOException {
        try (var running = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            var found = new ArrayList<String>();
            for (var one : running) {
                String line = commandLine(one);
                if (line.contains(temporary.toString())) {
                    found.add(line);
                }
            }
            return found;
        }
    }

    /** The lab's folders. */
    List<Path> folders() throws IOException {
        try (var inside = Files.list(temporary)) {
            return inside.filter(Files::isDirectory)
                    .filter(path -> path.getFileName().toString().startsWith("evenkeel-lab-"))
                    .toList();
        }
    }

    /** Empty for a process that has ended since it was listed, and for a zombie. */
    private static String commandLine(Path process) {
        try {
            return Files.readString(process.resolve("cmdline"), UTF_8).replace('\0', ' ');
        } catch (IOException gone) {
            return "";
        }
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        try (Stream<Path> all = Files.walk(temporary)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
