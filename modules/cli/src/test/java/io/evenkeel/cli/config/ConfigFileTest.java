package io.evenkeel.cli.config;

import io.evenkeel.probe.ProbePace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.cli.config.EvenkeelConfig.Dns;
import io.evenkeel.actions.ActionTimes;
import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.dashboard.api.ApiSettings;
import io.evenkeel.core.cluster.Vantage;
import io.evenkeel.core.decision.SafetyPolicy;
import io.evenkeel.core.health.ClusterPolicy;
import io.evenkeel.core.health.Consequence;
import io.evenkeel.core.health.FailureClass;
import io.evenkeel.core.health.FailureReason;
import io.evenkeel.core.health.Flapping;
import io.evenkeel.core.health.HealthDefaults;
import io.evenkeel.core.health.HealthPolicy;
import io.evenkeel.core.health.NodePolicy;
import io.evenkeel.core.health.NodeRole;
import io.evenkeel.core.health.Threshold;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ConfigFileTest {

    private static final String SMALLEST = """
            kafka: {bootstrapServers: "kafka:9092"}
            schemaRegistry: {url: "http://registry:8081"}
            vantages: [{name: va, zone: z1}]
            clusters:
              - id: primary
                seeds: ["http://es-1:9200"]
            """;

    private static final String EVERYTHING = """
            kafka:
              bootstrapServers: kafka:9092
              topicPrefix: test.
              replicationFactor: 1
              properties: {security.protocol: SSL}
              stateFolder: /var/lib/evenkeel
            schemaRegistry:
              url: https://registry:8081
              autoRegister: true
              serializer: com.example.Serializer
              deserializer: com.example.Deserializer
              properties: {basic.auth.user.info: "${REGISTRY_LOGIN}"}
            vantages: [{name: va, zone: z1}, {name: vb, zone: z2}]
            clusters:
              - id: primary
                clusterName: es
                seeds: ["https://es-1:9200"]
                nodes: [{name: m1, url: "https://es-1:9200", zone: z1, roles: [master]}]
                autoScalingGroups: [data]
                canaryIndex: canary
                probe: {interval: 10s, timeout: 2s}
                health:
                  failureThreshold: 4
                  recoveryThreshold: 5
                  minimumHealthy: 6s
                  staleAfter: 70s
                  startupGrace: 8m
                  confirmations: 2
                  contradictionAfter: 500ms
                  overrideFlappingAfter: 11s
                  maxLateness: 1s
                  flapping: {high: 5, low: 2.5, halfLife: 3m}
                apiKey: ${API_KEY}
                caCertificate: /etc/ca.pem
              - id: standby
                seeds: ["https://es-2:9200"]
            services:
              - name: search
                primary: primary
                standby: standby
                dns: {strategy: record-set, hostedZoneId: Z1, recordName: es.example.com, type: CNAME, ttl: 20s,
                      primaryValues: [a.example.com], standbyValues: [b.example.com]}
            decision: {armed: true, actAfter: 1s, standbyProof: 2s, coolDown: 3s, actWithin: 4s, replaceWithin: 5s,
                       retryAfter: 6s, maxAttempts: 7, failOverOnQuorumLost: true, blockPeriod: 8s,
                       limits: {atOnce: 9, perHour: 10, perZone: 11, floor: 12},
                       storm: {nodes: 13, percent: 14, window: 15s, coolDown: 16s},
                       zone: {targets: 17, percent: 18, othersBelow: 19},
                       brake: {incidents: 20, window: 21s}, facts: {use: required, maxAge: 22s},
                       approval: [replace, fail-over]}
            actions: {home: /var/lib/evenkeel, lease: 23s, callTimeout: 7s, snsTopicArn: "arn:aws:sns:r:1:t", eventBus: bus}
            heartbeat: {url: "https://beat/1", interval: 9s}
            agent:
              health: {host: 0.0.0.0, port: 8081, localNode: "http://localhost:9200"}
              discoveryInterval: 11s
              metrics: {enabled: false, host: 127.0.0.2, port: 9466}
              references: ["https://example.com/", "tcp://10.0.0.2:53"]
            metrics: {enabled: false, host: 0.0.0.0, port: 9465}
            api: {host: 0.0.0.0, port: 9468, tls: {certificateChain: /etc/api.crt, privateKey: /etc/api.key},
                  tokens: [{name: ann, token: {file: /etc/ann.token}}, {name: eye, token: "${API_KEY}", access: read}]}
            """;

    private static EvenkeelConfig parse(String text) {
        var environment = Map.of("API_KEY", "key", "REGISTRY_LOGIN", "me:secret");
        return ConfigFile.parse("evenkeel.yaml", text, name -> Optional.ofNullable(environment.get(name)));
    }

    @Test
    void theSmallestFileGivesTheDefaults() {
        var config = parse(SMALLEST);
        assertThat(config.kafka().topicPrefix()).isEqualTo("evenkeel.");
        assertThat(config.kafka().replicationFactor()).isEqualTo(3);
        assertThat(config.registry().settings()).containsEntry("auto.register.schemas", "false");
        assertThat(config.policies().decision().armed()).as("dry-run until armed").isFalse();
        assertThat(config.policies().decision().actAfter()).isEqualTo(Duration.ofSeconds(60));
        assertThat(config.policies().decision().standbyProof()).isEqualTo(Duration.ofSeconds(60));
        assertThat(config.policies().decision().failOverOnQuorumLost()).isFalse();
        assertThat(config.policies().decision().safety()).isEqualTo(SafetyPolicy.defaults());
        assertThat(config.clusters()).singleElement().satisfies(cluster -> {
            assertThat(cluster.pace().interval()).isEqualTo(Duration.ofSeconds(30));
            assertThat(cluster.pace().timeout()).isEqualTo(Duration.ofSeconds(3));
            assertThat(cluster.canaryIndex()).isEqualTo("evenkeel-canary");
            assertThat(config.policies().of(cluster.id()).cluster().failureThreshold()).isEqualTo(3);
            assertThat(config.policies().of(cluster.id()).staleAfter()).isEqualTo(Duration.ofSeconds(94));
            assertThat(config.policies().of(cluster.id()).revision()).isEqualTo(config.policies().revision());
        });
        assertThat(config.agent().healthHost()).isEqualTo("127.0.0.1");
        assertThat(config.agent().healthPort()).isEqualTo(8080);
        assertThat(config.agent().localNode()).contains(URI.create("http://localhost:9200"));
        assertThat(config.agent().references()).isEmpty();
        assertThat(config.actions().times()).isEqualTo(ActionTimes.DEFAULT);
        assertThat(config.heartbeat()).isEmpty();
        assertThat(config.metrics()).isEqualTo(new EvenkeelConfig.Metrics(true, "127.0.0.1", 9464));
        assertThat(config.agent().metrics()).isEqualTo(new EvenkeelConfig.Metrics(true, "127.0.0.1", 9465));
        assertThat(config.api()).isEqualTo(new Api(new ApiSettings("127.0.0.1", 9467, Optional.empty()), List.of()));
    }

    @Test
    void everyKeyIsRead() {
        var config = parse(EVERYTHING);
        assertThat(config.kafka()).isEqualTo(new EvenkeelConfig.Kafka("kafka:9092", "test.", 1,
                Map.of("security.protocol", "SSL"), Path.of("/var/lib/evenkeel")));
        assertThat(config.kafka().clientSettings()).containsEntry("bootstrap.servers", "kafka:9092");
        assertThat(config.registry().settings()).isEqualTo(Map.of("schema.registry.url", "https://registry:8081",
                "auto.register.schemas", "true", "evenkeel.avro.serializer", "com.example.Serializer",
                "evenkeel.avro.deserializer", "com.example.Deserializer", "basic.auth.user.info", "me:secret"));
        assertThat(config.vantages()).containsExactly(new Vantage("va", "z1"), new Vantage("vb", "z2"));
        var cluster = config.clusters().getFirst();
        assertThat(cluster.clusterName()).isEqualTo("es");
        assertThat(cluster.seeds()).containsExactly(URI.create("https://es-1:9200"));
        assertThat(cluster.nodes()).containsExactly(
                new EvenkeelConfig.StaticNode("m1", URI.create("https://es-1:9200"), "z1", List.of("master")));
        assertThat(cluster.autoScalingGroups()).containsExactly("data");
        assertThat(cluster.canaryIndex()).isEqualTo("canary");
        assertThat(cluster.pace().interval()).isEqualTo(Duration.ofSeconds(10));
        assertThat(cluster.pace().timeout()).isEqualTo(Duration.ofSeconds(2));
        var node = new NodePolicy(HealthDefaults.classes(4), 5, Duration.ofSeconds(6), Duration.ofMinutes(8), 2,
                Duration.ofMillis(500), Duration.ofSeconds(11), new Flapping(5, 2.5, Duration.ofMinutes(3)),
                Duration.ofSeconds(70));
        assertThat(config.policies().of(cluster.id())).isEqualTo(new HealthPolicy(config.policies().revision(),
                Map.of(NodeRole.DATA, node, NodeRole.MASTER, node, NodeRole.OTHER, node),
                new ClusterPolicy(4, 5, Duration.ofSeconds(6)), Duration.ofSeconds(70), Duration.ofSeconds(1)));
        assertThat(cluster.apiKey()).contains("key");
        assertThat(cluster.caCertificate()).contains(Path.of("/etc/ca.pem"));
        assertThat(config.services().getFirst().dns()).isEqualTo(new Dns.RecordSet("Z1", "es.example.com", "CNAME",
                Duration.ofSeconds(20), Map.of(new ClusterId("primary"), List.of("a.example.com"),
                        new ClusterId("standby"), List.of("b.example.com"))));
        var decision = config.policies().decision();
        assertThat(decision.armed()).isTrue();
        assertThat(decision.safety()).isEqualTo(new SafetyPolicy(new SafetyPolicy.Limits(9, 10, 11, 12),
                new SafetyPolicy.Storm(13, 14, Duration.ofSeconds(15), Duration.ofSeconds(16)),
                new SafetyPolicy.Zone(17, 18, 19), new SafetyPolicy.Brake(20, Duration.ofSeconds(21)),
                new SafetyPolicy.Facts(SafetyPolicy.Facts.Use.REQUIRED, Duration.ofSeconds(22)), Duration.ofSeconds(8),
                new TreeSet<>(SafetyPolicy.doable())));
        assertThat(List.of(decision.actAfter(), decision.standbyProof(), decision.coolDown(), decision.actWithin(),
                decision.replaceWithin(), decision.retryAfter())).extracting(Duration::toSeconds)
                .containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(decision.maxAttempts()).isEqualTo(7);
        assertThat(decision.failOverOnQuorumLost()).isTrue();
        assertThat(config.actions()).isEqualTo(new EvenkeelConfig.Actions(Path.of("/var/lib/evenkeel"),
                new ActionTimes(Duration.ofSeconds(23), Duration.ofSeconds(7), Duration.ofSeconds(90),
                        Duration.ofSeconds(15)),
                Optional.of("arn:aws:sns:r:1:t"), Optional.of("bus")));
        assertThat(config.heartbeat())
                .contains(new EvenkeelConfig.Heartbeat(URI.create("https://beat/1"), Duration.ofSeconds(9)));
        assertThat(config.agent()).isEqualTo(new EvenkeelConfig.Agent("0.0.0.0", 8081,
                Optional.of(URI.create("http://localhost:9200")), Duration.ofSeconds(11),
                List.of(URI.create("https://example.com/"), URI.create("tcp://10.0.0.2:53")),
                new EvenkeelConfig.Metrics(false, "127.0.0.2", 9466)));
        assertThat(config.metrics()).isEqualTo(new EvenkeelConfig.Metrics(false, "0.0.0.0", 9465));
        assertThat(config.api().settings()).isEqualTo(new ApiSettings("0.0.0.0", 9468,
                Optional.of(new ApiSettings.Tls(Path.of("/etc/api.crt"), Path.of("/etc/api.key")))));
        assertThat(config.api().tokens())
                .extracting(token -> token.name() + " " + token.access() + " " + token.secret().source())
                .containsExactly("ann OPERATE file /etc/ann.token", "eye READ the environment, by token");
    }

    @Test
    void aRoleHasAPaceOfItsOwn() {
        var read = parse(SMALLEST.replace("seeds:", """
                probe: {interval: 20s, timeout: 2s, roles: {master: {interval: 5s}, other: {timeout: 4s}}}
                    seeds:""".strip()));
        var cluster = read.clusters().getFirst();
        assertThat(cluster.pace()).isEqualTo(new ProbePace(Duration.ofSeconds(20), Duration.ofSeconds(2)));
        assertThat(cluster.roles()).isEqualTo(Map.of(
                NodeRole.DATA, cluster.pace(),
                NodeRole.MASTER, new ProbePace(Duration.ofSeconds(5), Duration.ofSeconds(2)),
                NodeRole.OTHER, new ProbePace(Duration.ofSeconds(20), Duration.ofSeconds(4))));
        var health = read.policies().of(cluster.id());
        assertThat(health.staleAfter()).isEqualTo(Duration.ofSeconds(63));
        assertThat(health.of(NodeRole.MASTER).staleAfter()).isEqualTo(Duration.ofSeconds(18));
        assertThat(health.of(NodeRole.OTHER).staleAfter()).isEqualTo(Duration.ofSeconds(65));
    }

    @Test
    void aRoleMustNotBeProbedMoreSlowlyThanItsResultsStayValid() {
        assertThatThrownBy(() -> parse(SMALLEST.replace("seeds:", """
                probe: {interval: 10s, roles: {data: {interval: 2m}}}
                    health: {staleAfter: 60s}
                    seeds:""".strip()))).isInstanceOf(ConfigException.class).hasMessageContaining(
                "clusters[0].health.roles.data.staleAfter: must be longer than probe.interval (2m), was 1m");
    }

    @Test
    void theHealthEndpointCanBeSwitchedOff() {
        assertThat(parse(SMALLEST + "agent: {health: {enabled: false}}\n").agent().localNode()).isEmpty();
    }

    @Test
    void aReferenceThatCantBeAskedIsAComplaint() {
        assertThatThrownBy(() -> parse(SMALLEST + "agent: {references: [\"http://ok\", \"tcp://host\"]}\n"))
                .isInstanceOf(ConfigException.class).hasMessageContainingAll("evenkeel.yaml:7:21: agent.references: ",
                        "must list http://host, https://host or tcp://host:port addresses, was 'tcp://host'");
    }

    @Test
    void everyComplaintNamesFileLineKeyAndRule() {
        assertThatThrownBy(() -> parse(SMALLEST + """
                    probe: {interval: soon}
                    canary: x
                services:
                  - {name: search, primary: primary, standby: nowhere, dns: {healthCheckId: h}}
                decision: {maxAttempts: 0}
                actions: {lease: 20s}
                """)).isInstanceOf(ConfigException.class).hasMessageContainingAll(
                "evenkeel.yaml:7:23: clusters[0].probe.interval: must be a duration from 100ms to 1h",
                "was 'soon'",
                "evenkeel.yaml:8:13: clusters[0].canary: is not a key here; allowed: id, ",
                "evenkeel.yaml:10:",
                "services[0].standby: must be the id of a cluster in this file (primary), was 'nowhere'",
                "evenkeel.yaml:11:25: decision.maxAttempts: must be a whole number from 1 to 100, was '0'",
                "evenkeel.yaml:12:", "actions.callTimeout: must be at most a third of lease (20s)");
    }

    @Test
    void aMissingEnvironmentVariableIsAComplaintAndASecretIsNeverShown() {
        assertThatThrownBy(() -> parse(SMALLEST + "    apiKey: ${NOT_SET}\n"))
                .hasMessageContaining("clusters[0].apiKey: environment variable NOT_SET is not set");
        assertThatThrownBy(() -> parse(SMALLEST + "    probe: {interval: \"${API_KEY}\"}\n"))
                .hasMessageContaining("clusters[0].probe.interval").hasMessageNotContaining("'key'");
    }

    @Test
    void whatIsNoYamlIsSaidWithItsPlace() {
        assertThatThrownBy(() -> parse("kafka: [")).hasMessageContaining("evenkeel.yaml:1:9: is no YAML");
        assertThatThrownBy(() -> parse("")).hasMessageContaining("is empty");
        assertThatThrownBy(() -> parse("just text")).hasMessageContaining("must be a mapping");
    }

    @Test
    void aKeyThatIsThereTwiceIsAComplaint() {
        assertThatThrownBy(() -> parse(SMALLEST + "vantages: [{name: vb, zone: z1}]\n"))
                .hasMessageContaining("vantages: is there twice");
    }

    @Test
    void aMissingFileSaysWhatToDo() {
        assertThatThrownBy(() -> ConfigFile.read(Path.of("no-such-file.yaml"))).isInstanceOf(ConfigException.class)
                .hasMessageContainingAll("no-such-file.yaml", "--config");
    }

    @Test
    void theRevisionFollowsTheNumbersAlone() {
        String revision = parse(SMALLEST).policies().revision();
        assertThat(revision).matches("[0-9a-f]{12}");
        assertThat(parse(SMALLEST + "# changed\nagent: {discoveryInterval: 3s}\n").policies().revision())
                .isEqualTo(revision);
        assertThat(parse(SMALLEST + "decision: {armed: true}\n").policies().revision()).isNotEqualTo(revision);
    }

    @Test
    void rolesAndClassesTakeTheClustersNumbersWhereTheyGiveNone() {
        var config = parse(SMALLEST + """
                    health:
                      failureThreshold: 4
                      classes:
                        READ_TIMEOUT: {failures: 3, of: 5, mayFollow: alert}
                        SLOW: {mayFollow: nothing}
                      roles:
                        master:
                          failureThreshold: 6
                          startupGrace: 1m
                          classes: {RESET: {failures: 2}}
                """);
        var policy = config.policies().of(config.clusters().getFirst().id());
        var data = policy.of(NodeRole.DATA);
        assertThat(data.of(FailureReason.CONNECT_REFUSED).threshold()).isEqualTo(Threshold.inARow(4));
        assertThat(data.of(FailureReason.READ_TIMEOUT))
                .isEqualTo(new FailureClass(new Threshold(3, 5), Consequence.ALERT));
        assertThat(data.of(FailureReason.SLOW)).isEqualTo(new FailureClass(new Threshold(5, 10), Consequence.NOTHING));
        var master = policy.of(NodeRole.MASTER);
        assertThat(master.startupGrace()).isEqualTo(Duration.ofMinutes(1));
        assertThat(master.of(FailureReason.CONNECT_REFUSED).threshold()).isEqualTo(Threshold.inARow(6));
        assertThat(master.of(FailureReason.RESET))
                .isEqualTo(new FailureClass(Threshold.inARow(2), Consequence.REPLACE));
        assertThat(master.of(FailureReason.READ_TIMEOUT)).isEqualTo(data.of(FailureReason.READ_TIMEOUT));
    }

    @Test
    void whatWouldReplaceANodeThatLivesIsAComplaint() {
        assertThatThrownBy(() -> parse(SMALLEST + """
                    health:
                      contradictionAfter: 61s
                      classes:
                        OVERLOADED: {mayFollow: replace}
                        RESET: {failures: 5, of: 4}
                        GREMLINS: {failures: 1}
                """)).hasMessageContainingAll(
                "evenkeel.yaml:8:27: clusters[0].health.contradictionAfter: must not be longer than decision.actAfter",
                "clusters[0].health.classes.OVERLOADED.mayFollow: must be nothing or alert",
                "clusters[0].health.classes.RESET.of: must be at least failures (5), was 4",
                "clusters[0].health.classes.GREMLINS: is not a key here");
    }

    @Test
    void aShortActAfterShortensWhatMustComeBefore() {
        var policy = parse(SMALLEST + "decision: {actAfter: 8s}\n").policies();
        var node = policy.of(new ClusterId("primary")).of(NodeRole.DATA);
        assertThat(node.contradictionAfter()).isEqualTo(Duration.ofSeconds(6));
        assertThat(node.overrideFlappingAfter()).isEqualTo(Duration.ofSeconds(8));
    }
}
