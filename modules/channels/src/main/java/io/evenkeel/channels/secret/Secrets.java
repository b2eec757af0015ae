package io.evenkeel.channels.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.evenkeel.channels.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Secrets of this machine. What is wrong with one is told by its source, never by its text. */
public final class Secrets {

    private static final Logger LOG = LoggerFactory.getLogger(Secrets.class);

    private Secrets() {}

    /** One that is known already. */
    public static Secret known(String source, String value) {
        return new Secret(source, () -> value);
    }

    /** @param environment the variables; empty for one that is not set */
    public static Secret ofEnvironment(String name, Function<String, Optional<String>> environment) {
        return new Secret("environment variable " + name, () -> environment.apply(name)
                .filter(value -> !value.isBlank())
                .orElseThrow(() -> new IllegalStateException("environment variable " + name + " is not set")));
    }

    /** The file's text without space around it. One that everybody may read is used, and warned of once. */
    public static Secret ofFile(Path file) {
        var warned = new AtomicBoolean();
        return new Secret("file " + file, () -> text(file, warned));
    }

    private static String text(Path file, AtomicBoolean warned) {
        String text;
        try {
            if (isOpenToAll(file) && !warned.getAndSet(true)) {
                LOG.atWarn().addKeyValue("file", file)
                        .log("secret file can be read by everybody, take that right away");
            }
            text = Files.readString(file, UTF_8).strip();
        } catch (IOException e) {
            // Without the cause: a decoder's message may quote what it read.
            throw new IllegalStateException("file " + file + " can't be read: " + e.getClass().getSimpleName());
        }
        if (text.isEmpty()) {
            throw new IllegalStateException("file " + file + " is empty");
        }
        return text;
    }

    /** Whether others than owner and group may read it; false where the file system knows no such rights. */
    static boolean isOpenToAll(Path file) throws IOException {
        var view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        return view != null && view.readAttributes().permissions().contains(PosixFilePermission.OTHERS_READ);
    }
}
