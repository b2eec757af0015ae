package io.evenkeel.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.cluster.NodeTarget;
import io.evenkeel.core.cluster.Vantage;
import io.evenkeel.core.facts.ClusterFacts.Allocation;
import io.evenkeel.core.facts.ClusterFacts.LastCopies;
import io.evenkeel.core.facts.ClusterFacts.ScalingGroup;
import io.evenkeel.core.facts.FactGroup;
import io.evenkeel.core.facts.NodeSight;
import io.evenkeel.core.health.ClusterView.Canary;
import io.evenkeel.core.health.FailureReason;
import io.evenkeel.core.health.ProbeResult.Outcome;
import io.evenkeel.probe.discovery.AutoScalingGroups;
import io.evenkeel.probe.discovery.DiscoverySettings;
import io.evenkeel.probe.discovery.GroupInstance;
import io.evenkeel.probe.discovery.StaticNode;
import io.evenkeel.probe.http.Access;
import io.evenkeel.probe.testing.FakeElasticsearch;
import io.evenkeel.probe.testing.RawServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LiveClustersTest {

    private static final ClusterId CLUSTER = new ClusterId("primary");
    private static final NodeId DEAD = new NodeId(CLUSTER, "d1");
    private static final Vantage VANTAGE = new Vantage("a", "za");
    /** Far more than any answer takes, far less than a test may. */
    private static final Duration WITHIN = Duration.ofSeconds(8);
    private static final String NOBODY = "http://127.0.0.1:1";
    private static final String STATE = """
            {"cluster_name":"search","master_node":"M","nodes":{"M":{"name":"m1"},"B":{"name":"d2"}},
             "metadata":{"cluster_coordination":{"last_committed_config":["M"]}},
             "routing_table":{"indices":{"one":{"shards":{"0":[{"state":"UNASSIGNED","node":null,
                   "unassigned_info":{"reason":"NODE_LEFT","last_node":"gone"}}]}}}}}""";

    private final FakeElasticsearch other = new FakeElasticsearch();
    private final List<NodeTarget> targets = new ArrayList<>();
    private final CountDownLatch testEnds = new CountDownLatch(1);
    private final List<AutoCloseable> opened = new ArrayList<>();

    /** @param answer may throw or block */
    private record Groups(Function<List<String>, SortedMap<String, ScalingGroup>> answer)
            implements
                AutoScalingGroups {
        @Override
        public List<GroupInstance> instances(List<String> names) {
            return List.of();
        }

        @Override
        public SortedMap<String, ScalingGroup> states(List<String> names) {
            return answer.apply(names);
        }
    }

    @BeforeEach
    void script() {
        other.facts(STATE, "{\"delayed_unassigned_shards\":3,\"unassigned_shards\":4}", """
                {"nodes":{"B":{"name":"d2","roles":["data"],"fs":{"data":[
                    {"total_in_bytes":1000,"available_in_bytes":400,"high_watermark_free_space_in_bytes":100}]}}}}""");
        opened.add(other);
    }

    @AfterEach
    void close() throws Exception {
        testEnds.countDown();
        for (var open : opened) {
            open.close();
        }
    }

    @Test
    void allThatTheGatesNeedIsReadFromAnotherNodeAndADeadNodeIsSeenDead() throws Exception {
        target("d1", NOBODY);
        target("d2", other.url());
        var seen = look(clusters(LiveClustersTest::atRest, List.of()));
        assertThat(seen.trouble()).isEmpty();
        assertThat(seen.facts().ages()).containsOnlyKeys(FactGroup.values());
        assertThat(seen.facts().membership().members()).containsExactly("d2", "m1");
        assertThat(seen.facts().allocation()).isEqualTo(new Allocation(0, 0, 4, 3));
        assertThat(seen.facts().scalingGroups()).containsOnlyKeys("data-group");
        assertThat(seen.node()).get().asInstanceOf(InstanceOfAssertFactories.type(Outcome.Failure.class))
                .returns(FailureReason.CONNECT_REFUSED, Outcome.Failure::reason);
    }

    @Test
    void aHolderWhoseNameNobodyKnowsAnyMoreMayBeTheNodeThatIsAskedAbout() throws Exception {
        target("d2", other.url());
        assertThat(look(clusters(LiveClustersTest::atRest, List.of())).facts().copies().lastOn())
                .isEqualTo(Map.of("", new LastCopies(1, List.of("one[0]"))));
    }

    @Test
    void aNodeThatAnswersByNowIsSeenAliveAndTellsNothingOfItsCluster() throws Exception {
        var alive = new FakeElasticsearch().local(200,
                "{\"cluster_name\":\"search\",\"nodes\":{\"x\":{\"name\":\"d1\"}}}");
        opened.add(alive);
        target("d1", alive.url());
        var seen = look(clusters(LiveClustersTest::atRest, List.of()));
        assertThat(seen.node()).contains(new Outcome.Success());
        assertThat(seen.facts().ages()).containsOnlyKeys(FactGroup.SCALING);
        assertThat(alive.questions()).singleElement().asString().startsWith("/_nodes/_local/_none");
    }

    @Test
    void nodesThatHangOrAreDeadOrSeeNoMasterDoNotHoldUpTheOneThatDoes() throws Exception {
        var hanging = new RawServer(connection -> testEnds.await());
        var masterless = new FakeElasticsearch().master(200, "{\"master_node\":null}");
        opened.add(hanging);
        opened.add(masterless);
        var urls = new ArrayList<>(List.of(hanging.url(), masterless.url()));
        IntStream.range(0, 30).forEach(i -> urls.add(NOBODY + "/" + i));
        urls.add(other.url());
        for (int i = 0; i < urls.size(); i++) {
            target("n%02d".formatted(i), urls.get(i));
        }
        var paused = new RawServer(connection -> testEnds.await());
        opened.add(paused);
        target("d1", paused.url());
        long began = System.nanoTime();
        var seen = look(clusters(LiveClustersTest::atRest, List.of()));
        assertThat(seen.facts().ages()).containsOnlyKeys(FactGroup.values());
        assertThat(seen.node()).get().asInstanceOf(InstanceOfAssertFactories.type(Outcome.Failure.class))
                .returns(FailureReason.READ_TIMEOUT, Outcome.Failure::reason);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(WITHIN);
    }

    @Test
    void whyNothingCouldBeReadIsSaid() throws Exception {
        target("d1", NOBODY);
        target("d2", other.master(403, "{}").url());
        var seen = look(clusters(LiveClustersTest::atRest, List.of()));
        assertThat(seen.facts().ages()).containsOnlyKeys(FactGroup.SCALING);
        assertThat(seen.trouble()).isEqualTo("none of 1 other nodes of primary could tell: " + other.url()
                + ": HTTP 403, master UNKNOWN");
    }

    @Test
    void aNodeOfAnotherClusterTellsNothing() throws Exception {
        target("d2", other.url());
        other.facts(STATE.replace("\"search\"", "\"other\""), "{}", "{}");
        var seen = look(clusters(LiveClustersTest::atRest, List.of()));
        assertThat(seen.facts().ages()).containsOnlyKeys(FactGroup.SCALING);
        assertThat(seen.trouble()).contains("did not tell the state of cluster 'search'");
    }

    @Test
    void autoScalingThatRefusesCostsItsOwnGroupOnly() throws Exception {
        target("d2", other.url());
        var seen = look(clusters(_ -> {
            throw new IllegalStateException("AccessDenied");
        }, List.of()));
        assertThat(seen.facts().ages()).doesNotContainKey(FactGroup.SCALING).containsKey(FactGroup.COPIES);
        assertThat(seen.trouble()).contains("Auto Scaling group data-group could not be read");
    }

    @Test
    void whatDoesNotAnswerInTimeIsLeftOut() throws Exception {
        target("d2", other.url());
        var live = clusters(_ -> {
            awaitEnd();
            return new TreeMap<>();
        }, List.of());
        var seen = live.node(DEAD, "data-group", Duration.ofSeconds(4));
        assertThat(seen.facts().ages()).doesNotContainKey(FactGroup.SCALING).containsKey(FactGroup.COPIES);
        assertThat(seen.trouble()).contains("Auto Scaling did not answer within 4000 ms");
    }

    @Test
    void beforeAnyTargetIsKnownTheConfiguredAddressesAreAsked() throws Exception {
        var seen = look(clusters(LiveClustersTest::atRest, List.of(new StaticNode("d1", NOBODY, "", Set.of()),
                new StaticNode("d2", other.url(), "", Set.of()))));
        assertThat(seen.facts().ages()).containsOnlyKeys(FactGroup.values());
        assertThat(seen.node()).get().isInstanceOf(Outcome.Failure.class);
    }

    @Test
    void aNodeWithoutAnAddressAndAClusterThatIsNotConfiguredCanNotBeSeen() throws Exception {
        target("d2", other.url());
        var live = clusters(LiveClustersTest::atRest, List.of());
        var seen = look(live);
        assertThat(seen.node()).isEmpty();
        assertThat(seen.trouble()).contains("nobody knows the address of primary/d1");
        var stranger = new ClusterId("stranger");
        assertThat(live.standby(stranger, WITHIN).view()).isEmpty();
        var nothing = live.node(new NodeId(stranger, "d1"), "data-group", WITHIN);
        assertThat(nothing.facts().ages()).isEmpty();
        assertThat(nothing.trouble()).isEqualTo("cluster stranger is not in this process' configuration");
    }

    @Test
    void aStandbyIsSeenByItsCanary() throws Exception {
        target("d2", other.url());
        var live = clusters(LiveClustersTest::atRest, List.of());
        var works = live.standby(CLUSTER, WITHIN).view().orElseThrow();
        assertThat(works.canary()).isEqualTo(Canary.WORKS);
        other.canary(503, "{}");
        assertThat(live.standby(CLUSTER, WITHIN).view().orElseThrow().unusable()).isTrue();
        opened.remove(other);
        other.close();
        assertThat(live.standby(CLUSTER, WITHIN).view().orElseThrow().nodesAnswered()).isZero();
    }

    private void awaitEnd() {
        try {
            testEnds.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static SortedMap<String, ScalingGroup> atRest(List<String> names) {
        var states = new TreeMap<String, ScalingGroup>();
        names.forEach(name -> states.put(name, new ScalingGroup(List.of(), "")));
        return states;
    }

    private LiveClusters clusters(Function<List<String>, SortedMap<String, ScalingGroup>> groups,
            List<StaticNode> configured) {
        var discovery = DiscoverySettings.of(List.of(NOBODY), configured, List.of("data-group"));
        var settings = new ClusterSettings(CLUSTER, "search", discovery, "canary",
                new ProbePace(Duration.ofSeconds(30), Duration.ofSeconds(1)), List.of(VANTAGE), Access.OPEN);
        var live = new LiveClusters(List.of(settings), new Groups(groups));
        targets.forEach(target -> live.targetChanged(target.node().toString(), target, Instant.EPOCH));
        opened.add(live);
        return live;
    }

    private static NodeSight look(LiveClusters live) throws InterruptedException {
        return live.node(DEAD, "data-group", WITHIN);
    }

    private void target(String name, String url) {
        var node = new NodeId(CLUSTER, name);
        targets.add(new NodeTarget(node, "i-" + name, url, "za", List.of("data"), "data-group", List.of(VANTAGE),
                NodeTarget.Phase.EXPECTED));
    }
}
