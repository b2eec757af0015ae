package io.evenkeel.cli;

import io.evenkeel.lab.process.LabException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How this process was started: the lab and the benches start the product's other processes in the same way. */
public final class OwnCommandLine {

    private OwnCommandLine() {}

    /** The folder with {@code lib/} and {@code elasticsearch/}. */
    public static Path home() {
        var home = folder();
        if (!Files.isDirectory(home.resolve("elasticsearch"))) {
            throw new LabException("no Elasticsearch to start below " + home.toAbsolutePath()
                    + ": start the lab with the launcher ./evenkeel, which builds what is missing");
        }
        return home;
    }

    private static Path folder() {
        return Path.of(System.getProperty("evenkeel.home", "modules/cli/target/dist"));
    }

    /** Program and arguments; a command of Evenkeel follows them. */
    public static List<String> words() {
        return words("-XX:TieredStopAtLevel=1");
    }

    /** The same for what judges results all day: with the good compiler, as the launcher does it. */
    public static List<String> serverWords() {
        return words("-XX:+TieredCompilation");
    }

    private static List<String> words(String compiler) {
        return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders", compiler, "-Devenkeel.home=" + folder().toAbsolutePath(), "-cp",
                System.getProperty("java.class.path"), Evenkeel.class.getName());
    }
}
