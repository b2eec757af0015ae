package io.evenkeel.cli.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.cli.config.ConfigFile;
import io.evenkeel.cli.config.EvenkeelConfig;
import io.evenkeel.core.cluster.Vantage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a configuration file that changes under a running agent. */
final class ConfigReloadTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String FIRST = """
            kafka: {bootstrapServers: "kafka:9092"}
            schemaRegistry: {url: "http://registry:8081"}
            vantages: [{name: va, zone: z1}]
            clusters:
              - id: primary
                seeds: ["http://es-1:9200"]
            """;
    private static final String SECOND = FIRST + """
              - id: standby
                seeds: ["http://es-2:9200"]
            """;
    private static final String BAD = FIRST.replace("seeds:", "probe: {interval: soon}\n    seeds:");

    @TempDir
    Path folder;

    private Path file = Path.of("evenkeel.yaml");
    private final List<EvenkeelConfig> applied = new ArrayList<>();

    @BeforeEach
    void writeFirst() throws IOException {
        file = folder.resolve("evenkeel.yaml");
        write(FIRST);
    }

    @Test
    void aGoodFileIsPutInForceWhenItHasStayedTheSameForASecondLook() throws IOException {
        var reload = reload();
        assertThat(reload.look()).isEqualTo(ConfigReload.EVERY);

        write(SECOND);
        assertThat(reload.look()).isEqualTo(ConfigReload.SETTLED_AFTER);
        assertThat(applied).isEmpty();
        assertThat(reload.look()).isEqualTo(ConfigReload.EVERY);

        assertThat(applied).singleElement().satisfies(config -> assertThat(config.clusters()).hasSize(2));
        assertThat(reload.status()).isEqualTo(
                new ConfigStatus(ConfigFile.read(file).fingerprint(), NOW, 1, 0, null));
        reload.look();
        reload.look();
        assertThat(applied).hasSize(1);
    }

    @Test
    void aBadFileIsRefusedOnceWithFileLineAndKeyAndTheOldOneStays() throws IOException {
        var reload = reload();
        String before = reload.status().revision();

        write(BAD);
        for (int i = 0; i < 4; i++) {
            reload.look();
        }

        assertThat(applied).isEmpty();
        assertThat(reload.status().revision()).isEqualTo(before);
        assertThat(reload.status().refusals()).isEqualTo(1);
        assertThat(reload.status().lastRefusal()).isNotNull().satisfies(refusal -> assertThat(refusal.message())
                .contains(file + ":6:").contains("clusters[0].probe.interval"));

        write(SECOND);
        reload.look();
        reload.look();
        assertThat(applied).hasSize(1);
    }

    @Test
    void halfAFileIsNotTakenForAWholeOne() throws IOException {
        write(SECOND);
        var reload = reload();

        // Good by itself, and without one of the clusters.
        write(FIRST);
        reload.look();
        write(SECOND.replace("es-2", "es-3"));
        reload.look();
        reload.look();

        assertThat(applied).singleElement().satisfies(config -> assertThat(config.clusters()).hasSize(2));
        assertThat(reload.status().refusals()).isZero();
    }

    @Test
    void aFileThatIsGoneIsRefused() throws IOException {
        var reload = reload();
        Files.delete(file);

        reload.look();
        reload.look();

        assertThat(applied).isEmpty();
        assertThat(reload.status().lastRefusal()).isNotNull()
                .satisfies(refusal -> assertThat(refusal.message()).contains("can't be read"));
    }

    @Test
    void atSighupItIsJudgedAtOnce() throws IOException {
        var reload = reload();

        write(SECOND);
        reload.now();

        assertThat(applied).hasSize(1);
    }

    @Test
    void whatNeedsARestartIsRefusedWithItsKey() throws IOException {
        var reload = reload();

        write(FIRST.replace("kafka:9092", "kafka-2:9092"));
        reload.now();
        assertThat(message(reload)).contains(file.toString()).contains("kafka.bootstrapServers").contains("restart");

        write(FIRST.replace("zone: z1", "zone: z2"));
        reload.now();
        assertThat(message(reload)).contains("vantages").contains("va");

        write(FIRST + "agent: {health: {port: 9}, metrics: {port: 10}}\n");
        reload.now();
        assertThat(message(reload)).contains("agent.health.port").contains("agent.metrics");

        write(FIRST + "decision: {armed: true}\n");
        reload.now();
        assertThat(applied).hasSize(1);
    }

    private static String message(ConfigReload reload) {
        var refusal = reload.status().lastRefusal();
        return refusal == null ? "nothing was refused" : refusal.message();
    }

    private ConfigReload reload() {
        var inForce = ConfigFile.read(file);
        return new ConfigReload(file, inForce, next -> {
            NeedsRestart.check(file, new Vantage("va", "z1"), inForce, next);
            applied.add(next);
        }, () -> NOW);
    }

    private void write(String content) throws IOException {
        Files.writeString(file, content);
    }
}
