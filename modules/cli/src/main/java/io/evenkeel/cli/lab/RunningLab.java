package io.evenkeel.cli.lab;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenkeel.lab.LabAddresses;
import io.evenkeel.lab.process.LabException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;

/** The one lab of this user that is known to {@code status}, {@code stop} and {@code env}; kept in a small file. */
final class RunningLab {

    private static final ObjectMapper JSON = new ObjectMapper();

    private RunningLab() {}

    /** @param startedAtMillis the process's own start, so that another process with its pid is not taken for it */
    record Entry(long startedAtMillis, LabAddresses addresses) {

        Optional<ProcessHandle> process() {
            return ProcessHandle.of(addresses.pid()).filter(ProcessHandle::isAlive)
                    .filter(process -> startMillis(process) == startedAtMillis);
        }
    }

    private static Path file() {
        return Path.of(System.getProperty("java.io.tmpdir"),
                "evenkeel-lab-" + System.getProperty("user.name") + ".json");
    }

    private static long startMillis(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    static void remember(LabAddresses addresses) throws IOException {
        var draft = Files.createTempFile(file().getParent(), "evenkeel-lab-", ".tmp",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        JSON.writeValue(draft.toFile(), new Entry(startMillis(ProcessHandle.current()), addresses));
        Files.move(draft, file(), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    static void forget() throws IOException {
        Files.deleteIfExists(file());
    }

    /** Empty when none runs. */
    static Optional<Entry> find() throws IOException {
        return Files.exists(file())
                ? Optional.of(JSON.readValue(file().toFile(), Entry.class)).filter(entry -> entry.process().isPresent())
                : Optional.empty();
    }

    static Entry require() throws IOException {
        return find().orElseThrow(() -> new LabException("no lab runs; evenkeel lab --background starts one"));
    }
}
