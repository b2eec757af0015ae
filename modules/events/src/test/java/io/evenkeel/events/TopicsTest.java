package io.evenkeel.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TopicsTest {

    @Test
    void namesHavePrefixAndVersion() {
        assertThat(new Topics().probeResults().name()).isEqualTo("evenkeel.probe-results.v1");
        assertThat(new Topics("").all()).hasSize(23).extracting(TopicSpec::name).contains("intents.v1")
                .doesNotHaveDuplicates();
    }

    @Test
    void brokersClockStampsEveryTopic() {
        assertThat(new Topics().all())
                .allSatisfy(
                        topic -> assertThat(topic.configs()).containsEntry("message.timestamp.type", "LogAppendTime"));
    }

    @Test
    void decisionPlaneIsOnePartition() {
        var topics = new Topics();
        assertThat(topics.all()).filteredOn(topic -> topic.partitions() == 1).containsExactlyInAnyOrder(
                topics.policies(), topics.failoverTransitions(), topics.serviceStates(), topics.decisionInputs(),
                topics.decisions(), topics.alerts(), topics.notifications(), topics.alertDeliveries(), topics.intents(),
                topics.orders());
        assertThat(topics.all()).filteredOn(topic -> topic.partitions() != 1)
                .allSatisfy(topic -> assertThat(topic.partitions()).isEqualTo(12));
    }

    @Test
    void cleanUpIsAsDesigned() {
        var topics = new Topics();
        assertThat(topics.probeResults().configs()).containsEntry("cleanup.policy", "delete")
                .containsEntry("retention.ms", "604800000");
        assertThat(topics.actionOutcomes().configs()).containsEntry("cleanup.policy", "compact")
                .containsEntry("min.compaction.lag.ms", "2592000000");
        assertThat(topics.alerts().configs()).containsEntry("min.compaction.lag.ms", "604800000");
    }

    @Test
    void onlyTopicsOfSeveralTypesNameSubjectsByRecord() {
        var topics = new Topics("any.");
        assertThat(topics.all()).filteredOn(topic -> Topics.carriesSeveralTypes(topic.name()))
                .containsExactlyInAnyOrder(topics.probeResults(), topics.decisionInputs());
    }

    @Test
    void prefixThatKafkaRefusesIsRefusedHere() {
        assertThatThrownBy(() -> new Topics("a/b")).hasMessageContaining("topic prefix").hasMessageContaining("a/b");
    }
}
