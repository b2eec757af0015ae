package io.evenkeel.cli.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenkeel.cli.Evenkeel;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteTestCommandTest {

    private static final String CONFIG = """
            kafka: {bootstrapServers: "kafka:9092"}
            schemaRegistry: {url: "http://registry:8081"}
            vantages: [{name: va, zone: z1}]
            clusters: [{id: primary, seeds: ["http://es-1:9200"]}, {id: standby, seeds: ["http://es-2:9200"]}]
            services: [{name: search, primary: primary, standby: standby, dns: {healthCheckId: h}}]
            alerts:
              channels:
                pager: {type: pagerduty, routingKey: {env: NOT_SET}, failover: mail}
                chat: {type: slack, url: {file: /nowhere}}
                mail: {type: email, host: smtp, from: a@b.example, to: [c@d.example]}
              route:
                channels: [chat]
                escalate: [{after: 5m, channels: [pager]}]
                routes:
                  - {match: ['severity=page', 'service=search'], channels: [pager, chat], escalate: [], continue: true}
                  - {match: ['zone=z9'], channels: [], escalate: []}
                  - {hours: {days: "sat,sun", zone: Europe/Berlin}, channels: [mail]}
            """;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private String file = "";

    @BeforeEach
    void writeConfig() throws IOException {
        file = Files.writeString(folder.resolve("evenkeel.yaml"), CONFIG).toString();
    }

    private int run(String... arguments) {
        var all = Stream.concat(Stream.of("alerts", "route-test", "--config", file), Stream.of(arguments))
                .toArray(String[]::new);
        return Evenkeel.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(all);
    }

    @Test
    void itTellsRouteChannelsGroupAndEscalation() {
        assertThat(run("name=ClusterFailed", "cluster=primary", "--at", "2026-03-04T12:00:00Z")).isZero();
        assertThat(out.toString()).isEqualToNormalizingNewlines(
                """
                        an alert with cluster=primary name=ClusterFailed service=search severity=page at 2026-03-04T12:00:00Z:

                        ROUTE            CHANNELS     GROUP            FIRST    AGAIN      ESCALATION
                        route.routes[0]  pager, chat  cluster=primary  at once  every 30m  -

                        CHANNEL  TYPE       FAILOVER
                        pager    pagerduty  mail after 1m
                        chat     slack      -
                        mail     email      -

                        """);
    }

    @Test
    void whatNoRouteMatchesStaysAtTheRoot() {
        assertThat(run("name=NodeDown", "severity=warn", "cluster=primary", "--at", "2026-03-04T12:00:00Z")).isZero();
        assertThat(out.toString()).contains("route  chat      cluster=primary  after 10s  every 4h  after 5m: pager",
                "kept back while ClusterFailed or ClusterQuorumLost or Storm fires with the same cluster");
    }

    @Test
    void theTimeDecidesBetweenRoutesAndTheNextSisterIsAskedWhereTheFirstSaysSo() {
        assertThat(run("cluster=primary", "--at", "2026-03-07T00:30:00+01:00")).isZero();
        assertThat(out.toString()).contains("route.routes[0]  pager, chat", "route.routes[2]  mail");
    }

    @Test
    void nobodyIsExitCodeOne() {
        assertThat(run("zone=z9", "severity=info", "--at", "2026-03-04T12:00:00Z")).isEqualTo(1);
        assertThat(out.toString()).contains("route.routes[1]  nobody    alone", "nobody would be told");
    }

    @Test
    void programsReadJson() throws Exception {
        assertThat(run("name=NodeDown", "cluster=primary", "--at", "2026-03-04T12:00:00Z", "--output", "json"))
                .isZero();
        var read = new ObjectMapper().readTree(out.toString());
        assertThat(read.at("/routes/0/route").asText()).isEqualTo("route.routes[0]");
        assertThat(read.at("/routes/0/group/cluster").asText()).isEqualTo("primary");
        assertThat(read.at("/routes/0/pace/remind").asText()).isEqualTo("PT30M");
        assertThat(read.at("/channels/0/failover").asText()).isEqualTo("mail");
        assertThat(read.at("/keptBackBy/0/sources").isArray()).isTrue();
    }

    @Test
    void whatIsNoLabelNameOrTimeIsAWrongCall() {
        assertThat(run("clutser=primary")).isEqualTo(2);
        assertThat(run("cluster")).isEqualTo(2);
        assertThat(run("name=Nonsense")).isEqualTo(2);
        assertThat(run("severity=loud")).isEqualTo(2);
        assertThat(run("--at", "noon")).isEqualTo(2);
        assertThat(err.toString()).contains("one of the labels name, severity, cluster", "was 'clutser=primary'",
                "was 'cluster'", "name must be one of NodeDown", "severity must be page, warn or info",
                "--at must be a time with a zone");
    }
}
