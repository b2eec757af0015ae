package io.evenkeel.bench.kafka;

import io.evenkeel.lab.process.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What a running child has used of the machine. */
final class ProcessUse {

    private ProcessUse() {}

    /** User and system time since its start, to 10 ms. */
    static Duration cpu(ChildProcess process) {
        return ProcessHandle.of(process.pid()).flatMap(handle -> handle.info().totalCpuDuration()).orElseThrow(
                () -> new IllegalStateException(process.name() + " has ended, see " + process.log()));
    }

    /** From /proc, so on Linux only. */
    static double residentMebibytes(ChildProcess process) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:")).findFirst()
                .map(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024).orElseThrow();
    }
}
