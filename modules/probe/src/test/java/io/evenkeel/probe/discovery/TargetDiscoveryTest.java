package io.evenkeel.probe.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.cluster.NodeTarget;
import io.evenkeel.core.cluster.NodeTarget.Phase;
import io.evenkeel.core.cluster.Vantage;
import io.evenkeel.core.health.HealthInput.ClusterExpected;
import io.evenkeel.events.Keys;
import io.evenkeel.probe.http.Access;
import io.evenkeel.probe.http.ProbeHttp;
import io.evenkeel.probe.testing.FakeElasticsearch;
import io.evenkeel.probe.testing.RawServer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TargetDiscoveryTest {

    private static final Instant T0 = Instant.parse("2026-11-22T10:00:00Z");
    private static final ClusterId CLUSTER = new ClusterId("search");
    private static final NodeId NODE = new NodeId(CLUSTER, "data-1");
    private static final String STATE = """
            {"cluster_name":"search","master_node":"m","nodes":{"d":{"name":"data-1","ephemeral_id":"e1",
             "attributes":{"zone":"zone-a","instance_id":"i-1"},"roles":["data","ingest"]},
             "s":{"name":"a name with blanks","ephemeral_id":"e2","attributes":{},"roles":[]}}}""";
    private static final String ADDRESSES = """
            {"nodes":{"d":{"name":"data-1","http":{"publish_address":"es1.internal/10.0.0.1:9200"}}}}""";

    private final FakeElasticsearch node = new FakeElasticsearch().members(200, STATE).addresses(200, ADDRESSES);
    private final ProbeHttp http = new ProbeHttp(Access.OPEN, 2);
    private final TargetBook book = new TargetBook();
    private final List<Object> written = new ArrayList<>();
    private List<GroupInstance> instances = List.of(new GroupInstance("i-1", "hot", "zone-a", "InService", "Healthy"));

    @AfterEach
    void close() {
        http.close();
        node.close();
    }

    @Test
    void nodesAreFoundThroughASeed() {
        discovery(node.url()).round();

        assertThat(written).hasSize(2).first().isInstanceOf(ClusterExpected.class);
        var target = (NodeTarget) written.getLast();
        assertThat(target).extracting(NodeTarget::node, NodeTarget::incarnation, NodeTarget::url, NodeTarget::zone,
                NodeTarget::autoScalingGroup, NodeTarget::phase)
                .containsExactly(NODE, "i-1", "http://es1.internal:9200", "zone-a", "hot", Phase.EXPECTED);
        assertThat(target.roles()).containsExactly("data", "ingest");
    }

    @Test
    void aSecondRoundWritesNothing() {
        var discovery = discovery(node.url());
        discovery.round();
        written.clear();

        discovery.round();

        assertThat(written).isEmpty();
    }

    @Test
    void aSeedThatIsDeadIsNotTheLastOne() throws IOException {
        try (var dead = RawServer.answering(200, "")) {
            dead.die();
            discovery(dead.url(), node.url()).round();
        }

        assertThat(written).hasAtLeastOneElementOfType(NodeTarget.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"200 | {\"cluster_name\":\"search\",\"nodes\":{}}",
            "200 | {\"cluster_name\":\"other\",\"master_node\":\"m\",\"nodes\":{}}", "503 | {}", "200 | <html>"})
    void aNodeThatCannotKnowItsClusterChangesNothing(int status, String body) {
        var discovery = discovery(node.url());
        discovery.round();
        written.clear();
        node.members(status, body);

        discovery.round();

        assertThat(written).isEmpty();
    }

    @Test
    void groupsThatCannotBeListedDoNotStopTheRound() {
        var failing = new TargetDiscovery(subject(node.url()), http, _ -> {
            throw new IllegalStateException("throttled");
        }, book, new BookWriter(), InstantSource.fixed(T0));

        failing.round();

        assertThat(written).hasAtLeastOneElementOfType(NodeTarget.class);
    }

    @Test
    void anInstanceThatIsTerminatedRetiresItsNodeAndIsForgottenAtLast() {
        discovery(node.url()).round();
        instances = List.of(new GroupInstance("i-1", "hot", "zone-a", "Terminating", "Unhealthy"));
        discovery(node.url()).round();
        assertThat(book.nodes(CLUSTER)).extracting(NodeTarget::phase).containsExactly(Phase.RETIRING);

        instances = List.of(new GroupInstance("i-2", "hot", "zone-a", "InService", "Healthy"));
        node.members(200, "{\"cluster_name\":\"search\",\"master_node\":\"m\",\"nodes\":{}}");
        discovery(node.url()).round();
        assertThat(book.nodes(CLUSTER)).extracting(NodeTarget::phase).containsExactly(Phase.RETIRED);

        new TargetDiscovery(subject(node.url()), http, _ -> instances, book, new BookWriter(),
                InstantSource.fixed(T0.plus(Duration.ofDays(8)))).round();
        assertThat(book.nodes(CLUSTER)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1:9200, 127.0.0.1:9200", "es1.internal/10.0.0.1:9200, es1.internal:9200",
            "[::1]:9200, [::1]:9200", "es1/[fe80::1]:9201, es1:9201", "/10.0.0.1:9200, 10.0.0.1:9200"})
    void aPublishedAddressIsReadInEachForm(String published, String hostAndPort) {
        assertThat(MemberQuery.hostAndPort(published)).isEqualTo(hostAndPort);
    }

    private TargetDiscovery discovery(String... seeds) {
        return new TargetDiscovery(subject(seeds), http, _ -> instances, book, new BookWriter(),
                InstantSource.fixed(T0));
    }

    private static TargetDiscovery.Subject subject(String... seeds) {
        return new TargetDiscovery.Subject(CLUSTER, "search", List.of(new Vantage("a", "zone-a")),
                DiscoverySettings.of(List.of(seeds), List.of(), List.of("hot")), Duration.ofSeconds(5));
    }

    /** Writes at once into the book, as the topic and its table do after a moment. */
    private final class BookWriter implements TargetWriter {
        @Override
        public void put(Object target) {
            written.add(target);
            book.changed(Keys.of(target), target, T0);
        }

        @Override
        public void delete(NodeId deleted) {
            book.changed(deleted.toString(), null, T0);
        }
    }
}
