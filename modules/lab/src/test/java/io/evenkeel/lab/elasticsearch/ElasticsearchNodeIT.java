package io.evenkeel.lab.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import io.evenkeel.lab.process.FreePorts;
import io.evenkeel.lab.process.LabProcesses;
import io.evenkeel.lab.process.Signals;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ElasticsearchNodeIT {

    private static final Path HOME = Path.of("target/home");
    private static final String HOST = "127.0.41.1";

    @Test
    void nodeAnswersTheJavaClientHangsWhenPausedAndComesBackWithItsDataAfterKill9() throws Exception {
        try (var processes = LabProcesses.over(Files.createTempDirectory("evenkeel-node-it"))) {
            var node = node(processes);
            node.start();
            ElasticsearchHealth.awaitGreen(List.of(node), Duration.ofSeconds(90), _ -> {
            });
            var uuid = answersTheJavaClient(node);
            doesNotRunAsRoot(node);
            hangsWhilePaused(node);
            endsByKill9(node);

            node.start();
            ElasticsearchHealth.awaitGreen(List.of(node), Duration.ofSeconds(90), _ -> {
            });
            assertThat(answersTheJavaClient(node)).isEqualTo(uuid);
        }
    }

    @Test
    void nodeWithoutMasterAnswersTheJavaClientToo() throws Exception {
        try (var processes = LabProcesses.over(Files.createTempDirectory("evenkeel-node-it"))) {
            // By default the server opens its HTTP port only after 30 s of looking for a master.
            var ports = FreePorts.find(List.of(HOST));
            var spec = new ElasticsearchNodeSpec("n1", "it", HOST, ports, ports + 1, List.of("data"), "zone-a",
                    Map.of(),
                    List.of(), List.of(), 256, Map.of("discovery.initial_state_timeout", "0s"));
            var node = new ElasticsearchNode(spec, ElasticsearchDistribution.unpack(HOME, processes.folder()),
                    processes);
            node.start();
            await().atMost(Duration.ofSeconds(90)).pollDelay(Duration.ofSeconds(3)).ignoreExceptions()
                    .untilAsserted(() -> assertThat(get(node)).isEqualTo(200));
            assertThat(answersTheJavaClient(node)).isEqualTo("_na_");
            node.stop();
            assertThat(node.isAlive()).isFalse();
        }
    }

    private static ElasticsearchNode node(LabProcesses processes) {
        var distribution = ElasticsearchDistribution.unpack(HOME, processes.folder());
        var http = FreePorts.find(List.of(HOST));
        var spec = ElasticsearchNodeSpec.alone("n1", "it", HOST, http, http + 1, "zone-a");
        return new ElasticsearchNode(spec, distribution, processes);
    }

    private static String answersTheJavaClient(ElasticsearchNode node) throws IOException {
        try (var client = ElasticsearchClient.of(c -> c.host(node.url().toString()))) {
            assertThat(client.ping().value()).isTrue();
            var info = client.info();
            assertThat(info.name()).isEqualTo("n1");
            assertThat(info.clusterName()).isEqualTo("it");
            assertThat(info.version().number()).isEqualTo("9.2.0");
            assertThat(info.tagline()).isEqualTo("You Know, for Search");
            return info.clusterUuid();
        }
    }

    private static void doesNotRunAsRoot(ElasticsearchNode node) throws IOException {
        var owner = Files.getAttribute(Path.of("/proc/" + node.serverPid().orElseThrow()), "unix:uid");
        assertThat(owner).isNotEqualTo(0);
    }

    private static void hangsWhilePaused(ElasticsearchNode node) throws Exception {
        node.pause();
        assertThatThrownBy(() -> get(node)).isInstanceOf(HttpTimeoutException.class);
        assertThat(node.isAlive()).isTrue();
        node.resume();
        await().atMost(Duration.ofSeconds(10)).ignoreExceptions()
                .untilAsserted(() -> assertThat(get(node)).isEqualTo(200));
    }

    private static void endsByKill9(ElasticsearchNode node) {
        var server = ProcessHandle.of(node.serverPid().orElseThrow()).orElseThrow();
        var launcher = server.parent().orElseThrow();
        node.kill9();
        assertThat(node.isAlive()).isFalse();
        assertThat(List.of(server, launcher)).noneMatch(Signals::isAlive);
    }

    private static int get(ElasticsearchNode node) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(node.url()).timeout(Duration.ofSeconds(1)).build();
            return http.send(request, BodyHandlers.discarding()).statusCode();
        }
    }
}
