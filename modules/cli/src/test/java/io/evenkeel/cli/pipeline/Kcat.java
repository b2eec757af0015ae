package io.evenkeel.cli.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** kcat as installed on this machine, and the example script of docs/publish-probes.md around it. */
final class Kcat {

    private static final Path EXAMPLES = Path.of("../../docs/examples");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final String bootstrapServers;
    private final String registry;
    private int files;

    /** @throws AssertionError saying what to install, where a program is missing */
    Kcat(Path folder, String bootstrapServers, String registry) {
        for (String program : List.of("kcat", "python3")) {
            assertThat(isInstalled(program)).as(program
                    + " is not installed, and this test is of clients that we did not write: apt-get install "
                    + program)
                    .isTrue();
        }
        this.folder = folder;
        this.bootstrapServers = bootstrapServers;
        this.registry = registry;
    }

    private static boolean isInstalled(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator)).map(entry -> Path.of(entry, program))
                .anyMatch(Files::isExecutable);
    }

    /** The example's result, to be changed. */
    static ObjectNode exampleResult() throws IOException {
        return (ObjectNode) JSON.readTree(EXAMPLES.resolve("probe-result.json").toFile());
    }

    /** By the example script. */
    void publish(String topic, ObjectNode result, String... options) throws Exception {
        var command = new ArrayList<>(List.of("python3", EXAMPLES.resolve("publish_probe.py").toString(), registry,
                topic, "-b", bootstrapServers));
        command.addAll(List.of(options));
        run(command, JSON.writeValueAsBytes(result));
    }

    /** These bytes. */
    void produce(String topic, String key, byte[] value) throws Exception {
        var file = Files.write(folder.resolve("message-" + ++files), value);
        run(List.of("kcat", "-P", "-b", bootstrapServers, "-t", topic, "-k", key, file.toString()), new byte[0]);
    }

    /** All that is committed, a line each. */
    List<String> read(String topic, String format) throws Exception {
        return run(List.of("kcat", "-C", "-q", "-e", "-o", "beginning", "-b", bootstrapServers, "-t", topic, "-f",
                format + "\\n"), new byte[0]).lines().toList();
    }

    private String run(List<String> command, byte[] input) throws Exception {
        var log = folder.resolve("output-" + ++files);
        var process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        try (var stdin = process.getOutputStream()) {
            stdin.write(input);
        }
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        process.destroyForcibly();
        String output = Files.readString(log, UTF_8);
        assertThat(ended).as("%s ended within 60 s: %s", command, output).isTrue();
        assertThat(process.exitValue()).as("%s: %s", command, output).isZero();
        return output;
    }
}
