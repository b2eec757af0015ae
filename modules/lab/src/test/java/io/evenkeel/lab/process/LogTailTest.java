package io.evenkeel.lab.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogTailTest {

    @TempDir
    Path folder;

    @Test
    void lastWordIsTheLastLineThatIsNoStackTrace() throws IOException {
        var log = Files.writeString(folder.resolve("log"), "started\nport is taken\n\tat somewhere\n\n");
        assertThat(LogTail.of(log)).isEqualTo("port is taken");
    }

    @Test
    void missingLogSaidNothing() {
        assertThat(LogTail.of(folder.resolve("none"))).isEqualTo("nothing");
    }
}
