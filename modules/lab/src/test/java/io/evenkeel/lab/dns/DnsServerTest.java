package io.evenkeel.lab.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.lab.aws.AwsEndpoint;
import io.evenkeel.lab.aws.AwsEndpointSettings;
import io.evenkeel.lab.aws.InstanceLauncher;
import io.evenkeel.lab.aws.SdkClients;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.HealthCheckType;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;
import software.amazon.awssdk.services.route53.model.ResourceRecordSetFailover;

class DnsServerTest {
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final AwsEndpoint aws = AwsEndpoint.start(AwsEndpointSettings.defaults()
            .withChangeDelay(Duration.ofMillis(800)).withRoute53RequestsPerSecond(1000).withListener(told::add),
            new NoInstances());
    private final Route53Client route53 = new SdkClients(aws.uri()).route53();
    private final DnsServer dns = DnsServer.start(aws.publishedZones(), 0);
    private final LabResolver resolver = new LabResolver(dns.address());
    private String zone = "";

    @BeforeEach
    void createZone() {
        zone = route53.createHostedZone(r -> r.name("lab").callerReference("zone")).hostedZone().id();
    }

    @AfterEach
    void close() {
        dns.close();
        route53.close();
        aws.close();
    }

    @Test
    void aRecordIsSeenOnceItsChangeIsInSyncAndNotBefore() {
        upsert(simple("search.lab", RRType.A, "127.0.0.2"));
        awaitAddress("search.lab", "127.0.0.2");
        upsert(simple("search.lab", RRType.A, "127.0.0.3"));
        assertThat(addresses("search.lab")).containsExactly("127.0.0.2");
        awaitAddress("SEARCH.lab.", "127.0.0.3");
        assertThat(resolver.query("search.lab", Type.A).getSection(Section.ANSWER).getFirst().getTTL()).isEqualTo(7);
        assertThat(told).anyMatch(line -> line.equals("dns: search.lab. A is now 127.0.0.3, was 127.0.0.2"));
    }

    @Test
    void aCnameIsFollowedWithinTheZones() {
        upsert(simple("one.lab", RRType.A, "127.0.0.5"), simple("alias.lab", RRType.CNAME, "one.lab"));
        awaitAddress("alias.lab", "127.0.0.5");
        assertThat(resolver.query("alias.lab", Type.A).getSection(Section.ANSWER)).extracting(Record::getType)
                .containsExactly(Type.CNAME, Type.A);
    }

    @Test
    void missingNamesAndTypesAreNegativeAnswersWithTheSoa() {
        upsert(simple("a.search.lab", RRType.A, "127.0.0.2"));
        awaitAddress("a.search.lab", "127.0.0.2");

        var missing = resolver.query("none.lab", Type.A);
        assertThat(missing.getRcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(missing.getHeader().getFlag(Flags.AA)).isTrue();
        assertThat(missing.getSection(Section.AUTHORITY)).extracting(Record::getType).containsExactly(Type.SOA);

        for (var empty : List.of(resolver.query("a.search.lab", Type.TXT), resolver.query("search.lab", Type.A))) {
            assertThat(empty.getRcode()).isEqualTo(Rcode.NOERROR);
            assertThat(empty.getSection(Section.ANSWER)).isEmpty();
            assertThat(empty.getSection(Section.AUTHORITY)).hasSize(1);
        }
        assertThat(resolver.query("search.example", Type.A).getRcode()).isEqualTo(Rcode.REFUSED);
    }

    @Test
    void aFailoverNameFollowsTheHealthChecks() {
        var primary = switchCheck("primary");
        var secondary = switchCheck("secondary");
        upsert(failover("a", ResourceRecordSetFailover.PRIMARY, "127.0.0.2", primary),
                failover("b", ResourceRecordSetFailover.SECONDARY, "127.0.0.3", secondary));
        awaitAddress("search.lab", "127.0.0.2");

        invert(primary, true);
        assertThat(addresses("search.lab")).containsExactly("127.0.0.3");
        invert(secondary, true);
        assertThat(addresses("search.lab")).containsExactly("127.0.0.2");
        invert(primary, false);
        assertThat(addresses("search.lab")).containsExactly("127.0.0.2");
        assertThat(told).contains(
                "dns: search.lab. A is now 127.0.0.3 (SECONDARY), was 127.0.0.2 (PRIMARY)",
                "dns: search.lab. A is now 127.0.0.2 (PRIMARY), was 127.0.0.3 (SECONDARY)");
    }

    @Test
    void tcpAnswersTheSame() throws IOException {
        upsert(simple("search.lab", RRType.A, "127.0.0.2"));
        awaitAddress("search.lab", "127.0.0.2");
        var overTcp = new SimpleResolver(dns.address());
        overTcp.setTCP(true);
        var answer = overTcp.send(
                Message.newQuery(Record.newRecord(Name.fromString("search.lab."), Type.A, DClass.IN)));
        assertThat(answer.getSection(Section.ANSWER)).hasSize(1);
    }

    @Test
    void garbageDoesNotStopTheServer() throws IOException {
        upsert(simple("search.lab", RRType.A, "127.0.0.2"));
        awaitAddress("search.lab", "127.0.0.2");
        var random = new SplittableRandom(42);
        try (var socket = new DatagramSocket()) {
            for (int length = 0; length < 200; length++) {
                var garbage = new byte[length];
                random.nextBytes(garbage);
                socket.send(new DatagramPacket(garbage, length, dns.address()));
            }
        }
        assertThat(addresses("search.lab")).containsExactly("127.0.0.2");
    }

    private String switchCheck(String reference) {
        return route53.createHealthCheck(r -> r.callerReference(reference).healthCheckConfig(
                c -> c.type(HealthCheckType.CALCULATED).healthThreshold(0))).healthCheck().id();
    }

    private void invert(String check, boolean inverted) {
        route53.updateHealthCheck(r -> r.healthCheckId(check).inverted(inverted));
    }

    private void upsert(ResourceRecordSet... records) {
        var changes = List.of(records).stream()
                .map(one -> Change.builder().action(ChangeAction.UPSERT).resourceRecordSet(one).build()).toList();
        route53.changeResourceRecordSets(r -> r.hostedZoneId(zone).changeBatch(b -> b.changes(changes)));
    }

    private static ResourceRecordSet simple(String name, RRType type, String value) {
        return ResourceRecordSet.builder().name(name).type(type).ttl(7L)
                .resourceRecords(ResourceRecord.builder().value(value).build()).build();
    }

    private static ResourceRecordSet failover(String id, ResourceRecordSetFailover role, String address,
            String check) {
        return simple("search.lab", RRType.A, address).toBuilder().setIdentifier(id).failover(role)
                .healthCheckId(check).build();
    }

    private void awaitAddress(String name, String address) {
        await().untilAsserted(() -> assertThat(addresses(name)).containsExactly(address));
    }

    private List<String> addresses(String name) {
        return resolver.resolve(name).stream().map(InetAddress::getHostAddress).toList();
    }

    /** These tests have no groups. */
    private static final class NoInstances implements InstanceLauncher {
        @Override
        public void launch(String instanceId, String groupName, String availabilityZone) {
            throw new AssertionError("no group");
        }

        @Override
        public void terminate(String instanceId) {
            throw new AssertionError("no group");
        }
    }
}
