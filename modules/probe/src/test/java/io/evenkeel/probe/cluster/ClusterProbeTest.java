package io.evenkeel.probe.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.core.health.ClusterView;
import io.evenkeel.core.health.ClusterView.Canary;
import io.evenkeel.core.health.ClusterView.Colour;
import io.evenkeel.core.health.ClusterView.Master;
import io.evenkeel.core.health.ClusterView.Members;
import io.evenkeel.probe.http.Access;
import io.evenkeel.probe.http.ProbeHttp;
import io.evenkeel.probe.testing.FakeElasticsearch;
import io.evenkeel.probe.testing.RawServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ClusterProbeTest {

    private static final Duration TIMEOUT = Duration.ofMillis(500);
    private static final Duration PATIENT = Duration.ofSeconds(5);
    private static final String BLOCKED = "{\"error\":{\"type\":\"cluster_block_exception\"},\"status\":503}";

    private final ProbeHttp http = new ProbeHttp(Access.OPEN, 3);
    private final ClusterProbe probe = new ClusterProbe(http);
    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        probe.close();
        http.close();
        for (var server : opened) {
            server.close();
        }
    }

    @Test
    void aClusterInOrderIsFine() {
        var view = ask(PATIENT, node(), node());

        assertThat(view).isEqualTo(new ClusterView(2, 2, Canary.WORKS, Colour.GREEN, Master.SEEN,
                listed("n1"), "canary works"));
        assertThat(view.fine()).isTrue();
    }

    @Test
    void theCanaryIsASearchThatMustBeWholeAndEndsByItself() {
        var node = node();
        ask(PATIENT, node);

        assertThat(node.questions()).anySatisfy(question -> assertThat(question).startsWith("/canary/_search?")
                .contains("size=1", "allow_partial_search_results=false", "timeout=3750ms"));
    }

    @Test
    void onlyLocalQuestionsAreAskedBesideTheCanary() {
        var node = node();
        ask(PATIENT, node);

        assertThat(node.questions()).hasSize(3).filteredOn(question -> !question.contains("_search"))
                .allSatisfy(question -> assertThat(question).contains("local=true"));
    }

    @Test
    void oneNodeWhereTheCanaryWorksIsEnough() throws IOException {
        var view = ask(TIMEOUT, dead(), node(), silent());

        assertThat(view.canary()).isEqualTo(Canary.WORKS);
        assertThat(view.nodesTried()).isEqualTo(3);
        assertThat(view.nodesAnswered()).isEqualTo(1);
        assertThat(view.fine()).isTrue();
    }

    @Test
    void noNodeThatAnswersIsUnusable() throws IOException {
        // Long enough to connect on a busy machine too: what is silent must be seen as silent, not as far away.
        var view = ask(Duration.ofSeconds(2), dead(), silent());

        assertThat(view.nodesAnswered()).isZero();
        assertThat(view.unusable()).isTrue();
        assertThat(view.colour()).isEqualTo(Colour.UNKNOWN);
        assertThat(view.master()).isEqualTo(Master.UNKNOWN);
        assertThat(view.detail()).contains("CONNECT_REFUSED").contains("READ_TIMEOUT").hasSizeLessThanOrEqualTo(300);
    }

    @Test
    void nodesThatAreSilentDoNotAddUp() throws IOException {
        long began = System.nanoTime();
        ask(TIMEOUT, silent(), silent(), silent(), silent(), silent(), silent());

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(TIMEOUT.multipliedBy(5));
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503, 429})
    void aCanaryThatFailsOnEveryNodeIsUnusable(int status) {
        var view = ask(PATIENT, node().canary(status, "{}"), node().canary(status, "{}"));

        assertThat(view.canary()).isEqualTo(Canary.FAILED);
        assertThat(view.unusable()).isTrue();
        assertThat(view.nodesAnswered()).isEqualTo(2);
        assertThat(view.detail()).contains("HTTP " + status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"timed_out\":true,\"_shards\":{\"failed\":0}}",
            "{\"timed_out\":false,\"_shards\":{\"failed\":1}}", "{}", "<html>OK</html>"})
    void anAnswerThatIsNoWholeSearchIsAFailedCanary(String body) {
        assertThat(ask(PATIENT, node().canary(200, body)).canary()).isEqualTo(Canary.FAILED);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"404 | {\"error\":{\"type\":\"index_not_found_exception\"}}", "401 | {}",
            "403 | {}"})
    void aCanaryThatIsRefusedProvesNothing(int status, String body) throws IOException {
        assertThat(ask(TIMEOUT, node().canary(status, body), dead()).canary()).isEqualTo(Canary.UNPROVEN);
        assertThat(ask(PATIENT, node().canary(status, body), node()).canary()).isEqualTo(Canary.WORKS);
    }

    @Test
    void a404OfSomethingElseThanElasticsearchIsAFailedCanary() {
        assertThat(ask(PATIENT, node().canary(404, "not found")).canary()).isEqualTo(Canary.FAILED);
    }

    @Test
    void aCanaryThatHangsHidesNeitherColourNorMaster() {
        var view = ask(TIMEOUT, node().hangingCanary());

        assertThat(view)
                .extracting(ClusterView::canary, ClusterView::colour, ClusterView::master, ClusterView::nodesAnswered)
                .containsExactly(Canary.FAILED, Colour.GREEN, Master.SEEN, 1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"200 | {}", "200 | {\"master_node\":null}", "503 | " + BLOCKED})
    void aNodeWithoutAMasterSaysSo(int status, String body) {
        assertThat(ask(PATIENT, node().health(200, "red").state(status, body)))
                .extracting(ClusterView::master, ClusterView::colour, ClusterView::unusable)
                .containsExactly(Master.ABSENT, Colour.RED, false);
    }

    @Test
    void membersAreThoseOfTheNewestStateThatANodeWithAMasterKnows() {
        var behind = node().state(200, state(41, "\"m\"", "n1", "n2", "n3"));
        var newest = node().state(200, state(42, "\"m\"", "n1", "n2"));
        var cutOff = node().state(200, state(43, "null", "n1", "n2", "n3"));

        assertThat(ask(PATIENT, behind, newest, cutOff).members()).isEqualTo(listed("n1", "n2"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"200 | {\"version\":7,\"nodes\":{\"x\":{\"name\":\"n1\"}}}",
            "200 | {\"version\":7,\"master_node\":\"x\",\"nodes\":{}}", "200 | <html>", "503 | " + BLOCKED})
    void withoutAMasterOrAListTheMembersAreUnknown(int status, String body) {
        assertThat(ask(PATIENT, node().state(status, body)).members()).isEqualTo(new Members.Unknown());
    }

    @Test
    void theColourIsReadFromTheBodyWhateverTheStatusCode() {
        assertThat(ask(PATIENT, node().health(408, "yellow")).colour()).isEqualTo(Colour.YELLOW);
    }

    @Test
    void aNodeCutOffFromTheMasterDoesNotPaintTheClusterRed() {
        var view = ask(PATIENT, node().health(200, "red").state(200, "{}"), node().health(200, "yellow"), node());

        assertThat(view).extracting(ClusterView::colour, ClusterView::master).containsExactly(Colour.YELLOW,
                Master.SEEN);
    }

    @Test
    void aLargeClusterIsAskedInTurns() {
        var nodes = Stream.generate(this::node).limit(11).toList();

        assertThat(ask(PATIENT, nodes.toArray()).nodesTried()).isEqualTo(ClusterProbe.MAX_NODES);
        ask(PATIENT, nodes.toArray());

        assertThat(nodes).allSatisfy(node -> assertThat(node.questions()).isNotEmpty());
    }

    private static Members listed(String... names) {
        return new Members.Listed(new TreeSet<>(List.of(names)));
    }

    private static String state(long version, String master, String... names) {
        var nodes = Stream.of(names).map(name -> "\"id-" + name + "\":{\"name\":\"" + name + "\"}").toList();
        return "{\"version\":" + version + ",\"master_node\":" + master + ",\"nodes\":{" + String.join(",", nodes)
                + "}}";
    }

    private ClusterView ask(Duration timeout, Object... servers) {
        var urls = Stream.of(servers).map(server -> switch (server) {
            case FakeElasticsearch node -> node.url();
            case RawServer raw -> raw.url();
            default -> throw new IllegalArgumentException("no server: " + server);
        }).toList();
        return probe.probe(urls, "canary", timeout);
    }

    private FakeElasticsearch node() {
        var node = new FakeElasticsearch();
        opened.add(node);
        return node;
    }

    private RawServer silent() {
        var server = new RawServer(_ -> new CountDownLatch(1).await());
        opened.add(server);
        return server;
    }

    private RawServer dead() throws IOException {
        var server = RawServer.answering(200, "");
        opened.add(server);
        server.die();
        return server;
    }
}
