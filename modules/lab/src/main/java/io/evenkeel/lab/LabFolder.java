package io.evenkeel.lab;

import io.evenkeel.lab.process.LabException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The temporary folder that holds all of a lab, and goes with it. */
final class LabFolder {

    private static final long DISK_NEEDED_BYTES = 2L << 30;

    private LabFolder() {}

    /**
     * Makes an empty one.
     *
     * @throws LabException when it can't be made or the disk is nearly full
     */
    static Path create() {
        try {
            // Elasticsearch runs as another user when the lab runs as root: it must be able to reach its files.
            var folder = Files.createTempDirectory("evenkeel-lab-",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
            long free = Files.getFileStore(folder).getUsableSpace();
            if (free < DISK_NEEDED_BYTES) {
                Files.delete(folder);
                throw new LabException("the lab needs 2 GiB of disk in " + folder.getParent() + ", " + (free >> 20)
                        + " MiB are free; free some, or let EVENKEEL_JAVA_OPTS=-Djava.io.tmpdir=FOLDER name another place");
            }
            return folder;
        } catch (IOException failed) {
            throw new LabException("can't make a temporary folder: " + failed.getMessage()
                    + "; EVENKEEL_JAVA_OPTS=-Djava.io.tmpdir=FOLDER names another place", failed);
        }
    }
}
