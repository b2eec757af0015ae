package io.evenkeel.probe.facts;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.facts.ClusterFacts;
import io.evenkeel.core.facts.ClusterFacts.Allocation;
import io.evenkeel.core.facts.ClusterFacts.LastCopies;
import io.evenkeel.core.facts.ClusterFacts.NodeDisk;
import io.evenkeel.core.facts.ClusterFacts.ScalingGroup;
import io.evenkeel.core.facts.ClusterFacts.Shutdown;
import io.evenkeel.core.facts.FactGroup;
import io.evenkeel.probe.discovery.AutoScalingGroups;
import io.evenkeel.probe.discovery.GroupInstance;
import io.evenkeel.probe.http.Access;
import io.evenkeel.probe.http.ProbeHttp;
import io.evenkeel.probe.testing.FakeElasticsearch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FactReaderTest {

    private static final ClusterId CLUSTER = new ClusterId("primary");
    /** As Elasticsearch 9.2.0 answers, shortened; node_shutdown by its sources. */
    private static final String STATE = """
            {"cluster_name":"search","master_node":"M","nodes":{"M":{"name":"m1"},"A":{"name":"d1"},"B":{"name":"d2"}},
             "metadata":{"cluster_coordination":{"last_committed_config":["M"]},
               "node_shutdown":{"nodes":{"B":{"node_id":"B","type":"RESTART","reason":"upgrade"}}}},
             "routing_table":{"indices":{
               "both":{"shards":{"0":[{"state":"STARTED","node":"A"},{"state":"STARTED","node":"B"}]}},
               "one":{"shards":{"0":[{"state":"STARTED","node":"A"},{"state":"UNASSIGNED","node":null,
                   "unassigned_info":{"reason":"NODE_LEFT","last_node":"B"}}],
                 "1":[{"state":"RELOCATING","node":"A"}]}},
               "new":{"shards":{"0":[{"state":"UNASSIGNED","node":null,
                   "unassigned_info":{"reason":"INDEX_CREATED"}}]}}%s}}}""";

    private final FakeElasticsearch node = new FakeElasticsearch();
    private final ProbeHttp http = new ProbeHttp(Access.OPEN, 2);
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger asked = new AtomicInteger();
    private boolean awsRefuses;
    private final FactReader reader = new FactReader(
            new FactReader.Subject(CLUSTER, "search", "agent", List.of("group"), Duration.ofSeconds(5)), http,
            new Groups(), nanos::get);

    private final class Groups implements AutoScalingGroups {
        @Override
        public List<GroupInstance> instances(List<String> names) {
            return List.of();
        }

        @Override
        public SortedMap<String, ScalingGroup> states(List<String> names) {
            asked.incrementAndGet();
            if (awsRefuses) {
                throw new IllegalStateException("throttled");
            }
            return new TreeMap<>(Map.of("group", new ScalingGroup(List.of("Terminate"), "")));
        }
    }

    @AfterEach
    void close() {
        http.close();
        node.close();
    }

    private void state(String moreIndices) {
        node.facts(STATE.formatted(moreIndices), """
                {"relocating_shards":1,"initializing_shards":2,"unassigned_shards":4,"delayed_unassigned_shards":3}""",
                """
                        {"nodes":{"A":{"name":"d1","roles":["data_hot"],"fs":{"data":[
                            {"total_in_bytes":1000,"available_in_bytes":400,"high_watermark_free_space_in_bytes":100}]}},
                          "C":{"name":"d3","roles":["data"],"fs":{"data":[{"total_in_bytes":1000,"available_in_bytes":50}]}},
                          "M":{"name":"m1","roles":["master"],"fs":{"data":[]}}}}""");
    }

    private ClusterFacts read() {
        return reader.read(List.of("http://127.0.0.1:1", node.url())).orElseThrow();
    }

    @Test
    void allGroupsAreReadFromOneNodeThatSeesAMaster() {
        state("");
        var facts = read();
        assertThat(facts.ages()).containsOnlyKeys(FactGroup.values());
        assertThat(facts.membership().members()).containsExactly("d1", "d2", "m1");
        assertThat(facts.membership().voters()).containsExactly("m1");
        assertThat(facts.shutdowns()).isEqualTo(Map.of("d2", new Shutdown("RESTART", "upgrade")));
        assertThat(facts.allocation()).isEqualTo(new Allocation(1, 2, 4, 3));
        assertThat(facts.disks()).isEqualTo(Map.of("d1", new NodeDisk(600, 300), "d3", new NodeDisk(950, 0)));
        assertThat(facts.scalingGroups()).isEqualTo(Map.of("group", new ScalingGroup(List.of("Terminate"), "")));
        assertThat(facts.copies().lastOn()).as("a new shard has nothing that could be lost")
                .isEqualTo(Map.of("d1", new LastCopies(2, List.of("one[0]", "one[1]"))));
    }

    @Test
    void aShardWithoutAStartedCopyCountsForTheNodeThatHadItAlsoAfterThatLeft() {
        state("");
        assertThat(read().copies().lastOn()).doesNotContainKey("d9");
        node.facts(STATE.formatted("").replace("\"A\":{\"name\":\"d1\"}", "\"Z\":{\"name\":\"d9\"}"), "{}", "{}");
        assertThat(read().membership().members()).contains("d9");
        state("""
                ,"lost":{"shards":{"0":[{"state":"UNASSIGNED","node":null,
                   "unassigned_info":{"reason":"NODE_LEFT","last_node":"Z"}}],
                 "1":[{"state":"INITIALIZING","node":"B","unassigned_info":{"reason":"NODE_LEFT"}}],
                 "2":[{"state":"UNASSIGNED","node":null,"unassigned_info":{"reason":"CLUSTER_RECOVERED"}}]}}""");
        assertThat(read().copies().lastOn()).containsEntry("d9", new LastCopies(1, List.of("lost[0]")))
                .containsEntry("d2", new LastCopies(1, List.of("lost[1]")))
                .containsEntry("", new LastCopies(1, List.of("lost[2]")));
    }

    @Test
    void aHolderThatHadLeftBeforeAnybodyAskedMayBeAnyNode() {
        state("""
                ,"lost":{"shards":{"0":[{"state":"UNASSIGNED","node":null,
                   "unassigned_info":{"reason":"NODE_LEFT","last_node":"Z"}}]}}""");
        assertThat(read().copies().lastOn()).containsEntry("", new LastCopies(1, List.of("lost[0]")));
    }

    @Test
    void aNodeWithoutAMasterOrOfAnotherClusterTellsNothing() {
        node.facts(STATE.formatted("").replace("\"master_node\":\"M\"", "\"master_node\":null"), "{}", "{}");
        assertThat(read().ages()).containsOnlyKeys(FactGroup.SCALING);
        node.facts(STATE.formatted("").replace("\"search\"", "\"other\""), "{}", "{}");
        assertThat(read().ages()).containsOnlyKeys(FactGroup.SCALING);
    }

    @Test
    void awsIsAskedSeldomAndWhatItSaidBeforeGrowsOld() {
        state("");
        assertThat(read().ages().get(FactGroup.SCALING)).isEqualTo(Duration.ZERO);
        nanos.addAndGet(Duration.ofSeconds(24).toNanos());
        assertThat(read().ages().get(FactGroup.SCALING)).isEqualTo(Duration.ofSeconds(24));
        assertThat(asked).hasValue(1);
        awsRefuses = true;
        nanos.addAndGet(Duration.ofSeconds(26).toNanos());
        assertThat(read().ages().get(FactGroup.SCALING)).isEqualTo(Duration.ofSeconds(50));
        assertThat(asked).hasValue(2);
    }
}
