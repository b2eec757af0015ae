package io.evenkeel.cli.lab;

import io.evenkeel.cli.Evenkeel;
import io.evenkeel.lab.process.LabException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How this process was started: the lab starts the product's other processes in the same way. */
final class OwnCommandLine {

    private OwnCommandLine() {}

    /** The folder with {@code lib/} and {@code elasticsearch/}. */
    static Path home() {
        var home = Path.of(System.getProperty("evenkeel.home", "modules/cli/target/dist"));
        if (!Files.isDirectory(home.resolve("elasticsearch"))) {
            throw new LabException("no Elasticsearch to start below " + home.toAbsolutePath()
                    + ": start the lab with the launcher ./evenkeel, which builds what is missing");
        }
        return home;
    }

    static List<String> words() {
        return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", "-Devenkeel.home=" + home().toAbsolutePath(), "-cp",
                System.getProperty("java.class.path"), Evenkeel.class.getName());
    }
}
