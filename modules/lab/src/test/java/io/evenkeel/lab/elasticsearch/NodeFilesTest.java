package io.evenkeel.lab.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NodeFilesTest {

    @TempDir
    Path folder;

    @Test
    void settingsOfTheSpecReachTheFileAndBeatTheLabsOwn() throws IOException {
        var spec = new ElasticsearchNodeSpec("d1", "primary", "127.0.10.4", 19200, 19300, List.of("data", "ingest"),
                "zone-b", Map.of("rack", "r\"1"), List.of("127.0.10.1:19300", "127.0.10.2:19300"), List.of(), 192,
                Map.of("cluster.publish.timeout", "9s"));
        var files = new NodeFiles(folder);
        files.write(spec);
        assertThat(Files.readAllLines(files.config().resolve("elasticsearch.yml"))).contains("node.name: \"d1\"",
                "network.host: \"127.0.10.4\"", "node.roles: \"data,ingest\"", "node.attr.zone: \"zone-b\"",
                "node.attr.rack: \"r\\\"1\"", "discovery.seed_hosts: \"127.0.10.1:19300,127.0.10.2:19300\"",
                "cluster.publish.timeout: \"9s\"").noneMatch(line -> line.startsWith("cluster.initial_master_nodes"));
        assertThat(files.config().resolve("jvm.options")).content().contains("-Xmx192m\n");
    }

    @Test
    void pidOfTheServerBeforeIsForgottenAndDataIsKept() throws IOException {
        var files = new NodeFiles(folder);
        var spec = ElasticsearchNodeSpec.alone("n1", "c", "127.0.10.1", 19200, 19300, "zone-a");
        files.write(spec);
        Files.writeString(files.pidFile(), "4711");
        Files.writeString(folder.resolve("data/document"), "kept");
        files.write(spec);
        assertThat(files.pidFile()).doesNotExist();
        assertThat(folder.resolve("data/document")).hasContent("kept");
    }
}
