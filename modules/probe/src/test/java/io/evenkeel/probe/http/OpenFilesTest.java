package io.evenkeel.probe.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class OpenFilesTest {

    private long open;
    private long counted;
    private long now;
    private final OpenFiles files = new OpenFiles(1_000, () -> {
        counted++;
        return open;
    }, () -> now);

    @Test
    void connectionsAreKeptUpToNineTenthsOfTheFiles() {
        open = 899;
        assertThat(files.isRoomy()).isTrue();
        open = 900;
        now += Duration.ofSeconds(1).toNanos();
        assertThat(files.isRoomy()).isFalse();
        open = 100;
        now += Duration.ofSeconds(1).toNanos();
        assertThat(files.isRoomy()).isTrue();
    }

    @Test
    void theyAreCountedOnceASecondAtMost() {
        for (int i = 0; i < 1_000; i++) {
            now += Duration.ofMillis(10).toNanos();
            files.isRoomy();
        }
        assertThat(counted).isBetween(9L, 11L);
    }

    @Test
    void thisProcessKnowsItsOwn() {
        assertThat(OpenFiles.OWN.most()).isPositive();
        assertThat(OpenFiles.OWN.isRoomy()).isTrue();
    }
}
