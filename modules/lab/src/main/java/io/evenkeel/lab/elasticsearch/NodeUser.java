package io.evenkeel.lab.elasticsearch;

import io.evenkeel.lab.process.LabException;
import io.evenkeel.lab.process.Sessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;

/** Whom the server runs as: the lab's own user, or, where that is root, which Elasticsearch refuses, nobody. */
record NodeUser(boolean labIsRoot) {

    /** nobody on Linux; it needs no account. */
    private static final int NOBODY = 65534;

    /** Found out from a folder that the lab has just made. */
    static NodeUser of(Path madeByLab) throws IOException {
        return new NodeUser(Integer.valueOf(0).equals(Files.getAttribute(madeByLab, "unix:uid")));
    }

    /** What to put before the server's command. */
    List<String> prefix() {
        if (!labIsRoot) {
            return List.of();
        }
        if (!Sessions.has("setpriv")) {
            throw new LabException(
                    "Elasticsearch refuses to run as root, and the program setpriv, which would run it as"
                            + " another user, is not on PATH; install the package util-linux, or run the lab as another user");
        }
        return List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");
    }

    /** Gives the folder, and what is in it, to the server's user. */
    void own(Path folder) throws IOException {
        if (!labIsRoot) {
            return;
        }
        try (var paths = Files.walk(folder)) {
            for (var path : (Iterable<Path>) paths::iterator) {
                Files.setAttribute(path, "unix:uid", NOBODY, LinkOption.NOFOLLOW_LINKS);
                Files.setAttribute(path, "unix:gid", NOBODY, LinkOption.NOFOLLOW_LINKS);
            }
        }
    }

    /**
     * The JDK of the lab, for the server: it needs a whole JDK 21 or later, and the lab itself runs on a later one.
     *
     * @throws LabException if it has no java program, or the server's user may not read it
     */
    Path javaHome() {
        var home = Path.of(System.getProperty("java.home")).toAbsolutePath();
        if (!Files.isExecutable(home.resolve("bin/java"))) {
            throw new LabException(
                    home + " has no bin/java; run the lab on a whole JDK 21 or later, Elasticsearch needs one");
        }
        try {
            checkCanReach(home.resolve("bin").toRealPath());
        } catch (IOException e) {
            throw new LabException("can't read the JDK at " + home + ": " + e.getMessage(), e);
        }
        return home;
    }

    /** Root reads everything, the user it starts the server as doesn't. */
    void checkCanReach(Path folder) throws IOException {
        if (!labIsRoot) {
            return;
        }
        for (var path = folder.toRealPath(); path != null; path = path.getParent()) {
            if (!Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                throw new LabException("run as root, the lab runs Elasticsearch as user " + NOBODY
                        + ", who may not enter "
                        + path + " on the way to " + folder + "; run the lab as another user, or: chmod o+x " + path);
            }
        }
    }
}
