package io.evenkeel.cli.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What docs/publish-probes.md shows is what the tests run. */
class PublishProbesDocTest {

    private static final Path ROOT = Path.of("../..");

    private static String text(String file) throws IOException {
        return Files.readString(ROOT.resolve(file), UTF_8);
    }

    @ParameterizedTest
    @CsvSource({"java, modules/cli/src/test/java/io/evenkeel/cli/examples/ProbePublisher.java",
            "python, docs/examples/publish_probe.py", "json, docs/examples/probe-result.json"})
    void theCodeBlockIsTheFile(String language, String file) throws IOException {
        var blocks = Pattern.compile("^```" + language + "\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE)
                .matcher(text("docs/publish-probes.md")).results().map(block -> block.group(1)).toList();
        assertThat(blocks).containsExactly(text(file));
    }
}
