package io.evenkeel.channels;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Messages as they are checked in; {@code -Dgolden.write=true} writes them anew. Tests run in the module's folder. */
public final class Golden {

    private static final Path FOLDER = Path.of("src", "test", "resources", "golden");
    private static final ObjectMapper JSON = new ObjectMapper();

    private Golden() {}

    public static void check(String file, String text) {
        check(FOLDER.resolve(file), text);
    }

    /** @param path as seen from the module's folder */
    public static void check(Path path, String text) {
        try {
            if (Boolean.getBoolean("golden.write")) {
                Files.createDirectories(path.getParent());
                Files.writeString(path, text);
            }
            assertThat(text).as(path + "; -Dgolden.write=true writes it anew").isEqualTo(Files.readString(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void checkJson(String file, JsonNode json) {
        try {
            check(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
