package io.evenkeel.topology.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class StreamsSettingsTest {

    @Test
    void aTakeOverIsQuickUnlessTheOperatorSaysOtherwise() {
        assertThat(settings(Map.of()).properties()).containsEntry("consumer.session.timeout.ms", "6000")
                .containsEntry("producer.transaction.timeout.ms", "4000");
        assertThat(settings(Map.of("consumer.session.timeout.ms", "45000")).properties())
                .containsEntry("consumer.session.timeout.ms", "45000")
                .containsEntry("producer.transaction.timeout.ms", "4000");
    }

    @Test
    void whatTheRulesRelyOnIsNobodysToChange() {
        assertThat(settings(Map.of("processing.guarantee", "at_least_once", "application.id", "other")).properties())
                .containsEntry("processing.guarantee", "exactly_once_v2").containsEntry("application.id", "test");
    }

    @Test
    void whatOnlyCopiesWritesAtLeastOnceAndReadsWhatWasCommitted() {
        assertThat(new StreamsSettings("test", "state", 1, Map.of("consumer.isolation.level", "read_uncommitted"),
                StreamsSettings.Guarantee.AT_LEAST_ONCE).properties())
                .containsEntry("processing.guarantee", "at_least_once")
                .containsEntry("main.consumer.isolation.level", "read_committed");
    }

    private static StreamsSettings settings(Map<String, String> common) {
        return new StreamsSettings("test", "state", 1, common);
    }
}
