package io.evenkeel.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.Vantage;
import io.evenkeel.core.health.ProbeResult.NodeProbed;
import io.evenkeel.core.health.ProbeResult.Outcome;
import io.evenkeel.probe.discovery.AutoScalingGroups;
import io.evenkeel.probe.discovery.DiscoverySettings;
import io.evenkeel.probe.discovery.StaticNode;
import io.evenkeel.probe.http.Access;
import io.evenkeel.probe.http.Secret;
import io.evenkeel.probe.testing.FakeElasticsearch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a running agent does with other settings. */
final class ReconfigureTest {

    private static final Vantage VANTAGE = new Vantage("a", "zone-a");
    private static final Duration INTERVAL = Duration.ofMillis(200);
    private static final Duration DISCOVERY = Duration.ofSeconds(1);

    private final FakeElasticsearch node = new FakeElasticsearch();
    private final InMemoryBus bus = new InMemoryBus();
    private final ProbeAgent agent = new ProbeAgent(
            new AgentSettings(VANTAGE, "test/1", List.of(cluster("first", 100, INTERVAL)), DISCOVERY, null), bus,
            AutoScalingGroups.NONE);

    @AfterEach
    void close() {
        agent.close();
        node.close();
    }

    @Test
    void clustersComeAndGoWithoutDisturbingTheOthers() {
        agent.start();
        await().untilAsserted(() -> assertThat(results("first")).isNotEmpty());

        agent.reconfigure(List.of(cluster("first", 100, INTERVAL), cluster("second", 100, INTERVAL)), DISCOVERY);
        await().untilAsserted(() -> assertThat(results("second")).hasSizeGreaterThan(1));
        agent.reconfigure(List.of(cluster("first", 100, INTERVAL)), DISCOVERY);
        assertThat(agent.status().targets()).isEqualTo(2);

        int sofar = results("first").size();
        await().untilAsserted(() -> assertThat(results("first")).hasSizeGreaterThan(sofar + 3));
        var results = results("first");
        assertThat(results).extracting(result -> result.source().counter())
                .containsExactlyElementsOf(LongStream.rangeClosed(1, results.size()).boxed().toList());
        assertThat(agent.status().skipped()).isZero();

        agent.reconfigure(List.of(cluster("first", 100, INTERVAL), cluster("second", 100, INTERVAL)), DISCOVERY);
        int second = results("second").size();
        await().untilAsserted(() -> assertThat(results("second")).hasSizeGreaterThan(second));
    }

    @Test
    void aChangeOfSettingsFailsNoProbeThatRuns() {
        agent.start();
        await().untilAsserted(() -> assertThat(results("first")).isNotEmpty());

        for (int timeout = 101; timeout < 150; timeout++) {
            int sofar = results("first").size();
            agent.reconfigure(List.of(cluster("first", timeout, INTERVAL)), DISCOVERY);
            if (timeout % 10 == 0) {
                await().untilAsserted(() -> assertThat(results("first")).hasSizeGreaterThan(sofar));
            }
        }

        assertThat(results("first")).extracting(NodeProbed::outcome).containsOnly(new Outcome.Success());
    }

    @Test
    void anotherIntervalHoldsFromNowOn() {
        agent.start();
        await().untilAsserted(() -> assertThat(results("first")).isNotEmpty());

        agent.reconfigure(List.of(cluster("first", 100, Duration.ofMillis(300))), DISCOVERY);

        await().untilAsserted(() -> assertThat(results("first").getLast().timing().interval())
                .isEqualTo(Duration.ofMillis(300)));
    }

    @Test
    void settingsThatCantBeUsedChangeNothing() {
        agent.start();
        var unusable = cluster("second", 100, INTERVAL, new Access(() -> Secret.NONE, Path.of("no-such-file"), true));

        assertThatThrownBy(() -> agent.reconfigure(List.of(unusable), DISCOVERY))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("no-such-file");
        assertThatThrownBy(() -> agent.reconfigure(
                List.of(cluster("first", 100, INTERVAL), cluster("first", 100, INTERVAL)), DISCOVERY))
                .isInstanceOf(IllegalArgumentException.class);

        int sofar = results("first").size();
        await().untilAsserted(() -> assertThat(results("first")).hasSizeGreaterThan(sofar + 2));
    }

    private ClusterSettings cluster(String id, int timeoutMillis, Duration interval) {
        return cluster(id, timeoutMillis, interval, Access.OPEN);
    }

    private ClusterSettings cluster(String id, int timeoutMillis, Duration interval, Access access) {
        var configured = new StaticNode("n1", node.url(), "zone-a", Set.of("data"));
        return new ClusterSettings(new ClusterId(id), "search",
                DiscoverySettings.of(List.of(), List.of(configured), List.of()), "canary",
                new ProbePace(interval, Duration.ofMillis(timeoutMillis)), List.of(VANTAGE), access);
    }

    private List<NodeProbed> results(String cluster) {
        return bus.results(NodeProbed.class).stream()
                .filter(result -> result.node().cluster().value().equals(cluster)).toList();
    }
}
