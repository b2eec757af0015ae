package io.evenkeel.events.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class KafkaSettingsTest {

    @Test
    void nothingIsLostOrLateByDefault() {
        var settings = new KafkaSettings(Map.of("bootstrap.servers", "127.0.0.1:9092"));
        assertThat(settings.producer("p")).containsEntry("acks", "all").containsEntry("enable.idempotence", "true")
                .containsEntry("linger.ms", "0").containsEntry("bootstrap.servers", "127.0.0.1:9092")
                .containsEntry("client.id", "p");
        assertThat(settings.transactionalProducer("p", "tx")).containsEntry("transactional.id", "tx");
        assertThat(settings.consumer("c", "g")).containsEntry("group.id", "g")
                .containsEntry("isolation.level", "read_committed").containsEntry("enable.auto.commit", "false")
                .containsEntry("session.timeout.ms", "6000");
        assertThat(settings.reader("r")).doesNotContainKey("group.id").containsEntry("isolation.level",
                "read_committed");
        assertThat(settings.admin("a")).containsEntry("bootstrap.servers", "127.0.0.1:9092");
    }

    @Test
    void configurationOfOneKindWinsOverThatOfAll() {
        var settings = new KafkaSettings(Map.of("bootstrap.servers", "b:1", "request.timeout.ms", "1",
                "producer.request.timeout.ms", "2", "consumer.session.timeout.ms", "3", "security.protocol", "SSL"));
        assertThat(settings.producer("p")).containsEntry("request.timeout.ms", "2")
                .containsEntry("security.protocol", "SSL").doesNotContainKey("consumer.session.timeout.ms");
        assertThat(settings.consumer("c", "g")).containsEntry("request.timeout.ms", "1")
                .containsEntry("session.timeout.ms", "3");
    }

    @Test
    void missingBrokersAreNamed() {
        assertThatThrownBy(() -> new KafkaSettings(Map.of())).hasMessageContaining("bootstrap.servers");
    }
}
