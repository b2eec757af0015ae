package io.evenkeel.lab.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.ChangeResourceRecordSetsResponse;
import software.amazon.awssdk.services.route53.model.ChangeStatus;
import software.amazon.awssdk.services.route53.model.HealthCheckAlreadyExistsException;
import software.amazon.awssdk.services.route53.model.HealthCheckConfig;
import software.amazon.awssdk.services.route53.model.HealthCheckType;
import software.amazon.awssdk.services.route53.model.HealthCheckVersionMismatchException;
import software.amazon.awssdk.services.route53.model.InvalidChangeBatchException;
import software.amazon.awssdk.services.route53.model.NoSuchHealthCheckException;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;
import software.amazon.awssdk.services.route53.model.ResourceRecordSetFailover;
import software.amazon.awssdk.services.route53.model.Route53Exception;

class Route53Test {
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final AwsEndpoint aws = AwsEndpoint.start(
            AwsEndpointSettings.defaults().withChangeDelay(Duration.ofMillis(300)).withHealthCheckSpeedup(200)
                    .withRoute53RequestsPerSecond(1000).withListener(told::add),
            new RecordingLauncher());
    private final Route53Client client = new SdkClients(aws.uri()).route53();
    private final String zone = client.createHostedZone(r -> r.name("lab").callerReference("zone")).hostedZone().id();

    @AfterEach
    void close() {
        client.close();
        aws.close();
    }

    @Test
    void aZoneIsFoundByIdAndNameAndHasItsOwnRecords() {
        assertThat(client.getHostedZone(r -> r.id(zone)).hostedZone().name()).isEqualTo("lab.");
        assertThat(client.listHostedZones().hostedZones()).hasSize(1);
        assertThat(client.listHostedZonesByName(r -> r.dnsName("lab")).hostedZones()).extracting("name")
                .containsExactly("lab.");
        assertThat(client.listResourceRecordSets(r -> r.hostedZoneId(zone)).resourceRecordSets())
                .extracting(ResourceRecordSet::typeAsString).containsExactly("NS", "SOA");
    }

    @Test
    void aChangeIsPendingThenInSync() {
        var change = change(ChangeAction.UPSERT, simple("search.lab", "127.0.0.2")).changeInfo();
        assertThat(change.status()).isEqualTo(ChangeStatus.PENDING);
        await().untilAsserted(() -> assertThat(client.getChange(r -> r.id(change.id())).changeInfo().status())
                .isEqualTo(ChangeStatus.INSYNC));
    }

    @Test
    void aBatchTakesEffectAltogetherOrNotAtAll() {
        change(ChangeAction.CREATE, simple("taken.lab", "127.0.0.2"));
        assertThatThrownBy(
                () -> changes(create(simple("fresh.lab", "127.0.0.3")), create(simple("taken.lab", "127.0.0.4"))))
                .isInstanceOf(InvalidChangeBatchException.class).hasMessageContaining(
                        "Tried to create resource record set [name='taken.lab.', type='A'] but it already exists");
        assertThat(names()).containsExactly("lab.", "lab.", "taken.lab.");
    }

    @Test
    void aDeletionMustNameWhatIsThere() {
        change(ChangeAction.CREATE, simple("search.lab", "127.0.0.2"));
        assertThatThrownBy(() -> change(ChangeAction.DELETE, simple("search.lab", "127.0.0.3")))
                .hasMessageContaining("do not match the current values");
        assertThatThrownBy(() -> change(ChangeAction.DELETE, simple("other.lab", "127.0.0.3")))
                .hasMessageContaining("but it was not found");
        change(ChangeAction.DELETE, simple("search.lab", "127.0.0.2"));
        assertThat(names()).containsExactly("lab.", "lab.");
    }

    @Test
    void failoverRecordsAreOnePairAndDoNotMixWithSimpleOnes() {
        changes(create(failover("a", ResourceRecordSetFailover.PRIMARY)),
                create(failover("b", ResourceRecordSetFailover.SECONDARY)));
        assertThatThrownBy(() -> changes(create(failover("c", ResourceRecordSetFailover.PRIMARY))))
                .isInstanceOf(InvalidChangeBatchException.class).hasMessageContaining("at most one PRIMARY");
        assertThatThrownBy(() -> changes(create(simple("search.lab", "127.0.0.9"))))
                .isInstanceOf(InvalidChangeBatchException.class).hasMessageContaining("no failover");
        assertThatThrownBy(() -> changes(create(simple("search.example", "127.0.0.9"))))
                .hasMessageContaining("is not permitted in zone lab.");
        assertThatThrownBy(() -> changes(create(simple("bad.lab", "127.0.0.256"))))
                .hasMessageContaining("not a valid IPv4 address");
    }

    @Test
    void recordsAreListedInPages() {
        changes(IntStream.range(0, 7).mapToObj(i -> create(simple("n" + i + ".lab", "127.0.0." + (i + 1))))
                .toArray(Change[]::new));
        var first = client.listResourceRecordSets(r -> r.hostedZoneId(zone).maxItems("4"));
        assertThat(first.resourceRecordSets()).hasSize(4);
        assertThat(first.isTruncated()).isTrue();
        assertThat(first.nextRecordName()).isEqualTo("n2.lab.");
        assertThat(client.listResourceRecordSetsPaginator(r -> r.hostedZoneId(zone).maxItems("4"))
                .resourceRecordSets()).hasSize(9);
        assertThat(client.listResourceRecordSets(
                r -> r.hostedZoneId(zone).startRecordName("n5.lab").startRecordType(RRType.A)).resourceRecordSets())
                .extracting(ResourceRecordSet::name).containsExactly("n5.lab.", "n6.lab.");
    }

    @Test
    void aCallerReferenceStandsForOneCheckForEver() {
        var settings = HealthCheckConfig.builder().type(HealthCheckType.TCP).ipAddress("127.0.0.1").port(9).build();
        var first = check("ref", settings);
        assertThat(check("ref", settings)).isEqualTo(first);
        assertThatThrownBy(() -> check("ref", settings.toBuilder().port(10).build()))
                .isInstanceOf(HealthCheckAlreadyExistsException.class);
        client.deleteHealthCheck(r -> r.healthCheckId(first));
        assertThatThrownBy(() -> check("ref", settings)).isInstanceOf(HealthCheckAlreadyExistsException.class);
        assertThatThrownBy(() -> client.getHealthCheck(r -> r.healthCheckId(first)))
                .isInstanceOf(NoSuchHealthCheckException.class);
    }

    @Test
    void anUpdateOfAnOldVersionIsRefused() {
        var id = calculated("switch", 0);
        var updated = client.updateHealthCheck(
                r -> r.healthCheckId(id).healthCheckVersion(1L).inverted(true)).healthCheck();
        assertThat(updated.healthCheckVersion()).isEqualTo(2);
        assertThat(updated.healthCheckConfig().inverted()).isTrue();
        assertThatThrownBy(
                () -> client.updateHealthCheck(r -> r.healthCheckId(id).healthCheckVersion(1L).inverted(false)))
                .isInstanceOf(HealthCheckVersionMismatchException.class);
        assertThat(status(id)).startsWith("Failure");
    }

    @Test
    void disabledIsHealthyAndInvertedTurnsEvenThatRound() {
        var id = calculated("more-than-its-children", 1);
        assertThat(status(id)).startsWith("Failure");
        client.updateHealthCheck(r -> r.healthCheckId(id).disabled(true));
        assertThat(status(id)).startsWith("Success");
        client.updateHealthCheck(r -> r.healthCheckId(id).inverted(true));
        assertThat(status(id)).startsWith("Failure");
    }

    @Test
    void anHttpCheckFollowsItsEndpointAfterTheThresholdAndItsParentFollowsIt() throws Exception {
        var status = new AtomicInteger(200);
        var server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.createContext("/health", exchange -> {
            exchange.sendResponseHeaders(status.get(), 2);
            exchange.getResponseBody().write(new byte[]{'O', 'K'});
            exchange.close();
        });
        server.start();
        try {
            int port = server.getAddress().getPort();
            var http = check("http", HealthCheckConfig.builder().type(HealthCheckType.HTTP).ipAddress("127.0.0.1")
                    .port(port).resourcePath("/health").failureThreshold(2).requestInterval(10).build());
            var text = check("text", HealthCheckConfig.builder().type(HealthCheckType.HTTP_STR_MATCH)
                    .ipAddress("127.0.0.1").port(port).resourcePath("/health").searchString("nothing like it")
                    .failureThreshold(1).requestInterval(10).build());
            var parent = client.createHealthCheck(r -> r.callerReference("parent").healthCheckConfig(
                    c -> c.type(HealthCheckType.CALCULATED).healthThreshold(1).childHealthChecks(http))).healthCheck()
                    .id();
            await().untilAsserted(() -> assertThat(status(http)).contains("Success: HTTP Status Code 200"));
            await().untilAsserted(() -> assertThat(status(text)).contains("did not contain the search string"));
            assertThat(status(parent)).startsWith("Success");

            status.set(503);
            await().untilAsserted(() -> assertThat(status(http)).contains("Failure: HTTP Status Code 503"));
            assertThat(status(parent)).startsWith("Failure");

            status.set(200);
            await().untilAsserted(() -> assertThat(status(parent)).startsWith("Success"));
            assertThat(told).anyMatch(line -> line.contains(http + " is now unhealthy"));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void moreThanFiveRequestsAtOnceAreThrottled() {
        try (var real = AwsEndpoint.start(AwsEndpointSettings.defaults(), new RecordingLauncher());
                var eager = new SdkClients(real.uri()).route53()) {
            assertThatThrownBy(() -> IntStream.range(0, 30).forEach(_ -> eager.listHostedZones()))
                    .isInstanceOf(Route53Exception.class)
                    .satisfies(e -> assertThat(((Route53Exception) e).awsErrorDetails().errorCode())
                            .isEqualTo("Throttling"));
            assertThat(real.journal().calls("ListHostedZones")).hasSizeGreaterThan(5);
        }
    }

    private ChangeResourceRecordSetsResponse change(ChangeAction action,
            ResourceRecordSet records) {
        return changes(Change.builder().action(action).resourceRecordSet(records).build());
    }

    private ChangeResourceRecordSetsResponse changes(Change... changes) {
        return client.changeResourceRecordSets(r -> r.hostedZoneId(zone).changeBatch(b -> b.changes(changes)));
    }

    private static Change create(ResourceRecordSet records) {
        return Change.builder().action(ChangeAction.CREATE).resourceRecordSet(records).build();
    }

    private static ResourceRecordSet simple(String name, String address) {
        return ResourceRecordSet.builder().name(name).type(RRType.A).ttl(5L)
                .resourceRecords(ResourceRecord.builder().value(address).build()).build();
    }

    private static ResourceRecordSet failover(String setIdentifier, ResourceRecordSetFailover role) {
        return simple("search.lab", "127.0.0.2").toBuilder().setIdentifier(setIdentifier).failover(role).build();
    }

    private List<String> names() {
        return client.listResourceRecordSets(r -> r.hostedZoneId(zone)).resourceRecordSets().stream()
                .map(ResourceRecordSet::name).toList();
    }

    private String check(String reference, HealthCheckConfig config) {
        return client.createHealthCheck(r -> r.callerReference(reference).healthCheckConfig(config)).healthCheck().id();
    }

    private String calculated(String reference, int threshold) {
        return check(reference, HealthCheckConfig.builder().type(HealthCheckType.CALCULATED)
                .healthThreshold(threshold).build());
    }

    private String status(String id) {
        return client.getHealthCheckStatus(r -> r.healthCheckId(id)).healthCheckObservations().getFirst()
                .statusReport().status();
    }
}
