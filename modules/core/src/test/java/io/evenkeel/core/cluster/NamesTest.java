package io.evenkeel.core.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

    private static final Pattern RULE = Pattern.compile("[A-Za-z0-9._-]");

    @Test
    void everyCharacterIsAllowedOrRefusedByTheRule() {
        for (char one = 0; one < 1_000; one++) {
            String name = "a" + one;
            if (RULE.matcher(String.valueOf(one)).matches()) {
                assertThat(Names.checked("a cluster id", name)).isEqualTo(name);
            } else {
                assertThatThrownBy(() -> Names.checked("a cluster id", name))
                        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("was '" + name + "'");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 129, 1_000})
    void anEmptyNameAndALongOneAreRefused(int length) {
        assertThatThrownBy(() -> Names.checked("a node name", "n".repeat(length)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith("a node name must be 1 to 128");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 128})
    void theShortestAndTheLongestAreTaken(int length) {
        assertThat(Names.checked("a node name", "n".repeat(length))).hasSize(length);
    }
}
