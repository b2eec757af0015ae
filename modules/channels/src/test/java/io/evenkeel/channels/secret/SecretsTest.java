package io.evenkeel.channels.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {

    @TempDir
    private Path folder;

    @Test
    void aFileIsReadAtEachUseWithoutSpaceAroundIt() throws Exception {
        var file = folder.resolve("key");
        var secret = Secrets.ofFile(file);
        Files.writeString(file, "one\n");
        assertThat(secret.value()).isEqualTo("one");
        Files.writeString(file, "two");
        assertThat(secret.value()).isEqualTo("two");
    }

    @Test
    void aFileThatIsMissingEmptyOrNoTextIsToldByItsName() throws Exception {
        assertThatThrownBy(() -> Secrets.ofFile(folder.resolve("none")).value())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("file " + folder.resolve("none") + " can't be read: NoSuchFileException");
        var empty = Files.writeString(folder.resolve("empty"), " \n");
        assertThatThrownBy(() -> Secrets.ofFile(empty).value()).isInstanceOf(IllegalStateException.class)
                .hasMessage("file " + empty + " is empty");
        var noText = Files.write(folder.resolve("bytes"), new byte[]{'s', (byte) 0xff});
        assertThatThrownBy(() -> Secrets.ofFile(noText).value()).isInstanceOf(IllegalStateException.class)
                .hasMessage("file " + noText + " can't be read: MalformedInputException").hasNoCause();
    }

    @Test
    void aFileThatEverybodyMayReadIsFound() throws Exception {
        var file = Files.writeString(folder.resolve("key"), "k");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(Secrets.isOpenToAll(file)).isFalse();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(Secrets.isOpenToAll(file)).isTrue();
    }

    @Test
    void aVariableThatIsNotSetIsToldByItsName() {
        var variables = Map.of("SET", "value", "BLANK", " ");
        assertThat(Secrets.ofEnvironment("SET", name -> Optional.ofNullable(variables.get(name))).value())
                .isEqualTo("value");
        assertThatThrownBy(
                () -> Secrets.ofEnvironment("BLANK", name -> Optional.ofNullable(variables.get(name))).value())
                .isInstanceOf(IllegalStateException.class).hasMessage("environment variable BLANK is not set");
    }

    @Test
    void whatWasReadIsKeptForItsTimeAndLongerWhereItCantBeReadAgain() {
        var nanos = new AtomicLong();
        var reads = new AtomicInteger();
        var cached = new CachedReader("store", () -> {
            if (reads.incrementAndGet() == 2) {
                throw new IllegalStateException("away");
            }
            return "text " + reads.get();
        }, Duration.ofMinutes(5), nanos::get);
        assertThat(cached.get()).isEqualTo("text 1");
        nanos.set(Duration.ofMinutes(5).toNanos() - 1);
        assertThat(cached.get()).isEqualTo("text 1");
        nanos.incrementAndGet();
        assertThat(cached.get()).as("the store is away").isEqualTo("text 1");
        nanos.addAndGet(Duration.ofMinutes(5).toNanos());
        assertThat(cached.get()).isEqualTo("text 3");
    }

    @Test
    void whatWasNeverReadFails() {
        var cached = new CachedReader("store", () -> {
            throw new IllegalStateException("away");
        }, Duration.ofMinutes(5));
        assertThatThrownBy(cached::get).isInstanceOf(IllegalStateException.class).hasMessage("away");
    }
}
