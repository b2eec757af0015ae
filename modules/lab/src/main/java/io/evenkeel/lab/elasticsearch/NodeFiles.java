package io.evenkeel.lab.elasticsearch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The folder of one node: its configuration, data, logs, temporary files and pid file. */
record NodeFiles(Path folder) {

    private static final String LOG4J = """
            status = error
            appender.console.type = Console
            appender.console.name = console
            appender.console.layout.type = PatternLayout
            appender.console.layout.pattern = [%d{ISO8601}][%-5p][%c{1.}] [%node_name]%marker %m%n
            rootLogger.level = info
            rootLogger.appenderRef.console.ref = console
            """;

    Path config() {
        return folder.resolve("config");
    }

    Path temporary() {
        return folder.resolve("tmp");
    }

    Path pidFile() {
        return folder.resolve("pid");
    }

    /** Not owned by the server's user: the lab itself writes to it. */
    Path log() {
        return folder.resolveSibling(folder.getFileName() + ".log");
    }

    /** Writes the configuration anew and keeps the data. */
    void write(ElasticsearchNodeSpec spec) throws IOException {
        for (var name : List.of("config", "data", "logs", "tmp")) {
            Files.createDirectories(folder.resolve(name));
        }
        Files.deleteIfExists(pidFile());
        Files.writeString(config().resolve("elasticsearch.yml"), yaml(settings(spec)));
        Files.writeString(config().resolve("jvm.options"), jvmOptions(spec.heapMb()));
        Files.writeString(config().resolve("log4j2.properties"), LOG4J);
    }

    /**
     * Small and quick to start, not fast for long. Measured, six nodes at once on two cores: 28 s to green and 210 MB
     * resident a server; 39 s and 420 MB with the heap touched at start, as Elasticsearch's own defaults do. A shared
     * class archive is no use, the server patches java.base.
     */
    private String jvmOptions(int heapMb) {
        return """
                -Xms64m
                -Xmx%dm
                -XX:-AlwaysPreTouch
                -XX:+UseSerialGC
                -XX:TieredStopAtLevel=1
                -XX:+ExitOnOutOfMemoryError
                -XX:ErrorFile=%s/hs_err_pid%%p.log
                -Djava.io.tmpdir=${ES_TMPDIR}
                """.formatted(heapMb, folder.resolve("logs"));
    }

    private Map<String, String> settings(ElasticsearchNodeSpec spec) {
        var settings = new LinkedHashMap<String, String>();
        settings.put("node.name", spec.name());
        settings.put("cluster.name", spec.clusterName());
        settings.put("network.host", spec.host());
        settings.put("http.port", Integer.toString(spec.httpPort()));
        settings.put("transport.port", Integer.toString(spec.transportPort()));
        settings.put("node.roles", String.join(",", spec.roles()));
        settings.put("node.attr.zone", spec.zone());
        spec.attributes().forEach((name, value) -> settings.put("node.attr." + name, value));
        settings.put("path.data", folder.resolve("data").toString());
        settings.put("path.logs", folder.resolve("logs").toString());
        settings.put("discovery.seed_hosts", String.join(",", spec.seedHosts()));
        if (!spec.initialMasterNodes().isEmpty()) {
            settings.put("cluster.initial_master_nodes", String.join(",", spec.initialMasterNodes()));
        }
        settings.putAll(LabSettings.ALL);
        settings.putAll(spec.extraSettings());
        return settings;
    }

    /** Quoted as JSON strings, which YAML reads as such; Elasticsearch splits lists at commas itself. */
    private static String yaml(Map<String, String> settings) {
        return settings.entrySet().stream()
                .map(e -> e.getKey() + ": \"" + e.getValue().replace("\\", "\\\\").replace("\"", "\\\"") + "\"\n")
                .collect(Collectors.joining());
    }
}
