package io.evenkeel.bench.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.evenkeel.bench.node.FarmTls;
import io.evenkeel.lab.process.ChildProcess;
import io.evenkeel.lab.process.FreePorts;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What people would use instead: Prometheus that asks blackbox_exporter for each target. Debian's names of programs. */
record Prometheus(ChildProcess server, ChildProcess blackbox) {

    private static final String SERVER = "prometheus";
    private static final String BLACKBOX = "prometheus-blackbox-exporter";
    private static final String ALERTMANAGER = "prometheus-alertmanager";

    /** What a machine without them is told. */
    static Optional<String> missing() {
        var missing = Stream.of(SERVER, BLACKBOX, ALERTMANAGER).filter(name -> find(name).isEmpty()).toList();
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("NOT MEASURED: not found in PATH: "
                        + String.join(", ", missing) + "; install: apt-get install " + String.join(" ", missing));
    }

    private static Optional<String> find(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(Pattern.quote(File.pathSeparator), -1))
                .map(folder -> Path.of(folder, program)).filter(Files::isExecutable).map(Path::toString).findFirst();
    }

    /** Asks for each node once an interval. */
    static Prometheus watching(KafkaWorld world, Farm farm, Duration interval, Duration timeout) throws IOException {
        return watching(world, farm.urls(), farm.tls().map(FarmTls::trusted), interval, timeout, "");
    }

    /**
     * Asks for each URL; a target that failed three times in a row is told to the webhook at once.
     *
     * @param webhook URL
     */
    static Prometheus alerting(KafkaWorld world, List<String> urls, Duration interval, Duration timeout,
            String webhook) throws IOException {
        int port = alertmanager(world, webhook);
        var rules = write(world, "rules.yml", """
                groups:
                  - name: nodes
                    rules: [{alert: NodeDown, expr: probe_success == 0, for: %dms}]
                """.formatted(interval.multipliedBy(2).toMillis()));
        return watching(world, urls, Optional.empty(), interval, timeout, """
                rule_files: ["%s"]
                alerting: {alertmanagers: [{static_configs: [{targets: ["127.0.0.1:%d"]}]}]}
                """.formatted(rules, port));
    }

    /** Alertmanager that tells each instance's alerts to a webhook at once; the port of its API on loopback. */
    static int alertmanager(KafkaWorld world, String webhook) throws IOException {
        int port = FreePorts.find();
        var config = write(world, "alertmanager.yml", """
                route: {receiver: hook, group_by: [instance], group_wait: 0s, group_interval: 1s, repeat_interval: 1h}
                receivers: [{name: hook, webhook_configs: [{url: "%s"}]}]
                """.formatted(webhook));
        // Without a cluster address it would open a port for gossip.
        world.program("alertmanager", List.of(ALERTMANAGER, "--config.file=" + config,
                "--storage.path=" + world.folder().resolve("alertmanager"), "--web.listen-address=127.0.0.1:" + port,
                "--cluster.listen-address="));
        return port;
    }

    private static Prometheus watching(KafkaWorld world, List<String> urls, Optional<Path> trusted, Duration interval,
            Duration timeout, String alerting) throws IOException {
        int asks = FreePorts.find();
        String tls = trusted.map(", tls_config: {ca_file: %s}"::formatted).orElse("");
        var module = write(world, "blackbox.yml", """
                modules:
                  node:
                    prober: http
                    timeout: %dms
                    http: {preferred_ip_protocol: ip4, fail_if_body_not_matches_regexp: ['"cluster_name":"']%s}
                """.formatted(timeout.toMillis(), tls));
        // Its probe is to end before the question of Prometheus does.
        var blackbox = world.program("blackbox", List.of(BLACKBOX, "--config.file=" + module,
                "--web.listen-address=127.0.0.1:" + asks, "--timeout-offset=0.05"));
        String targets = urls.stream().map("\"%s\""::formatted).collect(Collectors.joining(", "));
        var config = write(world, "prometheus.yml", """
                global: {scrape_interval: %1$dms, scrape_timeout: %2$dms, evaluation_interval: %1$dms}
                %3$s
                scrape_configs:
                  - job_name: nodes
                    metrics_path: /probe
                    params: {module: [node]}
                    static_configs: [{targets: [%4$s]}]
                    relabel_configs:
                      - {source_labels: [__address__], target_label: __param_target}
                      - {source_labels: [__param_target], target_label: instance}
                      - {target_label: __address__, replacement: "127.0.0.1:%5$d"}
                """.formatted(interval.toMillis(), Math.min(interval.toMillis(), timeout.toMillis() + 100), alerting,
                targets, asks));
        var server = world.program("prometheus", List.of(SERVER, "--config.file=" + config,
                "--storage.tsdb.path=" + world.folder().resolve("prometheus"),
                "--web.listen-address=127.0.0.1:" + FreePorts.find(), "--log.level=warn"));
        return new Prometheus(server, blackbox);
    }

    private static Path write(KafkaWorld world, String name, String text) throws IOException {
        return Files.writeString(world.folder().resolve(name), text, UTF_8);
    }
}
