package io.evenkeel.lab;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.evenkeel.core.cluster.Vantage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The configuration file that the lab writes for the product's own processes, and shows. */
record LabConfig(String bootstrapServers, URI registry, int httpPort, LabDnsStrategy strategy, AwsProvision.Made aws,
        LabReceiver receiver, Path folder) {

    Path write() throws IOException {
        secret("pager.key", LabPager.ROUTING_KEY);
        secret("chat.url", receiver.chatUrl().toString());
        secret("deadman.url", receiver.deadManUrl().toString());
        return Files.writeString(folder.resolve("evenkeel.yaml"), text(), UTF_8);
    }

    private void secret(String name, String value) throws IOException {
        var file = folder.resolve(name);
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, value, UTF_8);
    }

    private String text() {
        return """
                # Written by evenkeel lab: short times, one replica, armed. Everything else is as in production.
                kafka:
                  bootstrapServers: %s
                  replicationFactor: 1
                  stateFolder: %s
                schemaRegistry:
                  url: %s
                  autoRegister: true
                vantages:
                %s
                clusters:
                  - id: primary
                    clusterName: %s
                    seeds: [%s]
                    nodes:
                %s
                    autoScalingGroups: [%s]
                    canaryIndex: %s
                    probe: {interval: 2s, timeout: 1s}
                    health: {failureThreshold: 3, recoveryThreshold: 2, minimumHealthy: 2s, staleAfter: 10s, startupGrace: 60s, flapping: {halfLife: 10s}}
                  - id: standby
                    clusterName: %s
                    seeds: [%s]
                    nodes:
                      - {name: standby-1, url: "%s", zone: us-west-2a, roles: [master, data, ingest]}
                    canaryIndex: %s
                    probe: {interval: 2s, timeout: 1s}
                    health: {failureThreshold: 3, recoveryThreshold: 2, minimumHealthy: 2s, staleAfter: 10s, startupGrace: 60s, flapping: {halfLife: 10s}}
                services:
                  - name: search
                    primary: primary
                    standby: standby
                    dns: %s
                decision:
                  armed: true
                  actAfter: %ds
                  standbyProof: 5s
                  coolDown: 1m
                  replaceWithin: 5m
                  retryAfter: 5s
                  blockPeriod: 0s
                  limits: {perHour: 100}
                  brake: {incidents: 100}
                  storm: {coolDown: 5s}
                  facts: {use: required}
                actions:
                  home: %s
                  lease: 24s
                  callTimeout: 8s
                  snsTopicArn: %s
                  eventBus: %s
                alerts:
                  channels:
                    pager: {type: pagerduty, url: "%s", routingKey: {file: %s}, failover: chat, failoverAfter: 10s}
                    chat: {type: slack, url: {file: %s}}
                    deadman: {type: heartbeat, url: {file: %s}}
                  route: {channels: [pager, chat], groupWait: 2s, groupInterval: 5s}
                  heartbeat: {channels: [deadman], every: 5s}
                heartbeat: {url: "%s", interval: 5s}
                agent:
                  discoveryInterval: 2s
                  references: ["%s", "tcp://%s"]
                metrics: {port: 0}
                """
                .formatted(bootstrapServers, folder.resolve("state"), registry, vantages(), PrimaryCluster.NAME,
                        seeds(), masters(), LabPlan.DATA_GROUP, LabPlan.CANARY_INDEX, Lab.STANDBY_NAME, standbyUrl(),
                        standbyUrl(), LabPlan.CANARY_INDEX, dns(), LabPlan.ACT_AFTER.toSeconds(), folder,
                        aws.topicArn(), LabPlan.EVENT_BUS, receiver.pagerUrl(), folder.resolve("pager.key"),
                        folder.resolve("chat.url"), folder.resolve("deadman.url"), receiver.heartbeatUrl(), registry,
                        bootstrapServers);
    }

    private static String vantages() {
        return LabPlan.VANTAGES.stream().map(LabConfig::vantage).collect(Collectors.joining("\n"));
    }

    private static String vantage(Vantage vantage) {
        return "  - {name: %s, zone: %s}".formatted(vantage.name(), vantage.zone());
    }

    private String seeds() {
        return IntStream.rangeClosed(1, 3).mapToObj(i -> '"' + url(LabPlan.masterHost(i)) + '"')
                .collect(Collectors.joining(", "));
    }

    private String masters() {
        return IntStream.rangeClosed(1, 3)
                .mapToObj(i -> "      - {name: %s, url: \"%s\", zone: %s, roles: [master]}".formatted(
                        LabPlan.masterName(i), url(LabPlan.masterHost(i)), LabPlan.ZONES.get(i - 1)))
                .collect(Collectors.joining("\n"));
    }

    private String standbyUrl() {
        return url(LabPlan.standbyHost());
    }

    private String url(String host) {
        return "http://" + host + ":" + httpPort;
    }

    private String dns() {
        return switch (strategy) {
            case HEALTH_CHECK -> "{strategy: health-check, healthCheckId: %s}".formatted(aws.healthCheckId());
            case RECORD_SET ->
                "{strategy: record-set, hostedZoneId: %s, recordName: %s, type: A, ttl: 5s, primaryValues: %s, standbyValues: %s}"
                        .formatted(aws.hostedZoneId(), LabPlan.DNS_NAME, LabPlan.primaryAddresses(),
                                List.of(LabPlan.standbyHost()));
        };
    }
}
