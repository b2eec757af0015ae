package io.evenkeel.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.health.HealthProgress;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;

class PartitioningTest {

    @Test
    void clusterGoesWhereKafkasOwnPartitionerPutsItsKey() {
        for (int i = 0; i < 1_000; i++) {
            String id = "cluster-" + i;
            assertThat(Partitioning.SPREAD.forCluster(new ClusterId(id)))
                    .isEqualTo(BuiltInPartitioner.partitionForKey(id.getBytes(UTF_8), 12));
        }
    }

    @Test
    void murmur2IsTheOneThatOtherLanguagesKnow() {
        // murmur2("foobar") = -790332482 and murmur2("21") = -973932308, as published in Kafka's and librdkafka's tests.
        assertThat(Partitioning.of("foobar", 12)).isEqualTo((-790332482 & 0x7fffffff) % 12);
        assertThat(Partitioning.of("21", 12)).isEqualTo((-973932308 & 0x7fffffff) % 12);
    }

    @Test
    void allThatIsKnownOfAClusterMeetsInOnePartition() {
        int home = Partitioning.SPREAD.forCluster(Samples.CLUSTER);
        var ofTheCluster = Samples.events().stream().filter(event -> Keys.of(event).startsWith("search-eu")).toList();
        assertThat(ofTheCluster).hasSize(15)
                .allSatisfy(event -> assertThat(Partitioning.ofEvent(event, 12)).isEqualTo(home));
    }

    @Test
    void outcomeGoesWhereItsRequestGoes() {
        var request = Samples.replaceRequest();
        var outcome = Samples.events().get(19);
        assertThat(Keys.of(outcome)).isEqualTo("asg-data/req-1");
        assertThat(Partitioning.ofEvent(outcome, 12)).isEqualTo(Partitioning.ofEvent(request, 12))
                .isEqualTo(Partitioning.SPREAD.forSerialKey("asg-data"));
    }

    @Test
    void whatIsSaidOfAPartitionGoesIntoTheOneOfItsNumber() {
        for (int partition = 0; partition < 12; partition++) {
            assertThat(Partitioning.ofEvent(new HealthProgress(partition, Samples.T0), 12)).isEqualTo(partition);
        }
    }

    @Test
    void nodesAreKeyedByClusterAndName() {
        assertThat(NodeId.parse(Keys.of(Samples.target()))).isEqualTo(Samples.NODE);
    }
}
