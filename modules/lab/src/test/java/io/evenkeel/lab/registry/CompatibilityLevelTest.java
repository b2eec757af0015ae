package io.evenkeel.lab.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CompatibilityLevelTest {

    private static final Schema PLAIN = record("");
    private static final Schema WITH_DEFAULT = record("{\"name\":\"b\",\"type\":\"int\",\"default\":0}");
    private static final Schema WITHOUT_DEFAULT = record("{\"name\":\"b\",\"type\":\"int\"}");

    @ParameterizedTest
    @CsvSource({"NONE,true", "BACKWARD,false", "BACKWARD_TRANSITIVE,false", "FORWARD,true", "FORWARD_TRANSITIVE,true",
            "FULL,false", "FULL_TRANSITIVE,false"})
    void fieldAddedWithoutDefaultBreaksReadersOfOldData(CompatibilityLevel level, boolean allowed) {
        assertThat(level.objections(WITHOUT_DEFAULT, List.of(PLAIN)).isEmpty()).isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({"NONE,true", "BACKWARD,true", "BACKWARD_TRANSITIVE,true", "FORWARD,false", "FORWARD_TRANSITIVE,false",
            "FULL,false", "FULL_TRANSITIVE,false"})
    void fieldWithoutDefaultRemovedBreaksOldReaders(CompatibilityLevel level, boolean allowed) {
        assertThat(level.objections(PLAIN, List.of(WITHOUT_DEFAULT)).isEmpty()).isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({"NONE,true", "BACKWARD,true", "BACKWARD_TRANSITIVE,false", "FORWARD,true", "FORWARD_TRANSITIVE,true",
            "FULL,true", "FULL_TRANSITIVE,false"})
    void onlyTransitiveLevelsLookBehindTheNewest(CompatibilityLevel level, boolean allowed) {
        // The newest has the field with a default, the oldest lacks it: without a default the oldest can't be read.
        assertThat(level.objections(WITHOUT_DEFAULT, List.of(PLAIN, WITH_DEFAULT)).isEmpty()).isEqualTo(allowed);
    }

    private static Schema record(String more) {
        return new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"a\",\"type\":\"int\"}"
                        + (more.isEmpty() ? "" : "," + more) + "]}");
    }
}
