package io.evenkeel.lab.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Which programs of this machine help to start children, found on PATH. */
public final class Sessions {

    private Sessions() {}

    /**
     * What to put before a command so that it runs in a session of its own: the terminal's Ctrl-C then reaches the lab
     * only, which ends its children in order. Empty where there is no setsid (macOS): Ctrl-C then reaches the children
     * as well, they end at the same time as the lab, and nothing is left behind either way.
     */
    static List<String> prefix() {
        return has("setsid") ? List.of("setsid") : List.of();
    }

    /** Whether a program of this name is on PATH. */
    public static boolean has(String program) {
        var path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
        for (var folder : path.split(":", -1)) {
            if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }
}
