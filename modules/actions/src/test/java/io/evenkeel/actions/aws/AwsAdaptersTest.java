package io.evenkeel.actions.aws;

import static io.evenkeel.actions.aws.FakeAws.PRIMARY;
import static io.evenkeel.actions.aws.FakeAws.STANDBY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.actions.Announcement;
import io.evenkeel.actions.Announcements.Acceptance;
import io.evenkeel.actions.CallFailure;
import io.evenkeel.actions.DnsStrategy;
import io.evenkeel.actions.InstanceHealth.Marking;
import io.evenkeel.actions.InstanceHealth.PreState;
import io.evenkeel.actions.TrafficSwitch.Position;
import io.evenkeel.actions.TrafficSwitch.Switching;
import io.evenkeel.actions.TrafficSwitch.Verification;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AwsAdaptersTest {

    private static final String ID = "i-0123456789abcdef0";
    private static final Map<String, String> SDK = Map.of("aws.region", "eu-west-1", "aws.accessKeyId", "AKTEST",
            "aws.secretAccessKey", "secret");
    private static final DnsStrategy RECORD = new DnsStrategy.RecordSet("Z1", "search.example.org", "CNAME",
            Duration.ofSeconds(60), Map.of(PRIMARY, List.of("p.example.org"), STANDBY, List.of("s.example.org")));
    private static final DnsStrategy CHECK = new DnsStrategy.HealthCheck("hc-1", PRIMARY);
    private static final Announcement ANNOUNCEMENT = new Announcement("alert", "k#1", "k", "primary/data-1", "page",
            "data-1 is DOWN – now", "text", Map.of("key", "k"));

    private final FakeAws aws = new FakeAws();
    private final AwsAdapters adapters = AwsAdapters.open(Duration.ofSeconds(10), aws.endpoint());

    @BeforeAll
    static void credentials() {
        SDK.forEach(System::setProperty);
    }

    @AfterAll
    static void noCredentials() {
        SDK.keySet().forEach(System::clearProperty);
    }

    @AfterEach
    void close() {
        adapters.close();
        aws.close();
    }

    @ParameterizedTest
    @CsvSource({"InService,HEALTHY,Healthy", "InService,Healthy,Healthy", "InService,UNHEALTHY,AlreadyUnhealthy",
            "Terminating:Wait,HEALTHY,AlreadyUnhealthy", "Terminated,UNHEALTHY,AlreadyUnhealthy",
            "Standby,HEALTHY,NotInService", "Pending,HEALTHY,NotInService", "Warmed:Stopped,UNHEALTHY,NotInService"})
    void theInstancesStateIsReadWhateverItsSpelling(String lifecycle, String health, String expected) {
        aws.answers(200,
                instances("<member><InstanceId>" + ID + "</InstanceId><AutoScalingGroupName>g</AutoScalingGroupName>"
                        + "<LifecycleState>" + lifecycle + "</LifecycleState><HealthStatus>" + health
                        + "</HealthStatus></member>"));
        assertThat(adapters.instanceHealth().read(ID).getClass().getSimpleName()).isEqualTo(expected);
        assertThat(aws.asked().getFirst()).contains("Action=DescribeAutoScalingInstances", ID);
    }

    @Test
    void anInstanceThatIsNotListedIsGone() {
        aws.answers(200, instances(""));
        assertThat(adapters.instanceHealth().read(ID)).isEqualTo(new PreState.Gone());
    }

    @Test
    void markingRespectsTheGracePeriod() {
        aws.answers(200, "<SetInstanceHealthResponse/>")
                .fails(400, "ValidationError",
                        "The age of the instance (9 seconds) is less than the configured grace period");
        assertThat(adapters.instanceHealth().markUnhealthy(ID)).isEqualTo(new Marking.Marked());
        assertThat(adapters.instanceHealth().markUnhealthy(ID)).isInstanceOf(Marking.Deferred.class);
        assertThat(aws.asked().getFirst()).contains("HealthStatus=Unhealthy", "ShouldRespectGracePeriod=true");
    }

    @Test
    void errorsAreToldApart() {
        aws.fails(400, "ValidationError", "Instance not found");
        assertThat(adapters.instanceHealth().markUnhealthy(ID))
                .isEqualTo(new CallFailure.Denied("ValidationError: Instance not found"));
        for (int i = 0; i < 3; i++) {
            aws.fails(500, "ResourceContention", "busy");
        }
        assertThat(adapters.instanceHealth().markUnhealthy(ID)).isInstanceOf(CallFailure.Throttled.class);
        for (int i = 0; i < 3; i++) {
            aws.fails(503, "ServiceUnavailable", "away");
        }
        assertThat(adapters.instanceHealth().markUnhealthy(ID)).isInstanceOf(CallFailure.Unavailable.class);
        aws.close();
        assertThat(adapters.instanceHealth().markUnhealthy(ID)).isInstanceOf(CallFailure.Unavailable.class);
    }

    @Test
    void groupsAreListedPageByPageAndNoNamesMeanNone() {
        aws.answers(200, groups("a", "<NextToken>t</NextToken>")).answers(200, groups("b", ""));
        assertThat(adapters.autoScalingGroups().instances(List.of("a", "b")))
                .containsExactly(new AwsAutoScalingGroups.GroupInstance("i-a", "a", "z1", "InService", "Healthy"),
                        new AwsAutoScalingGroups.GroupInstance("i-b", "b", "z1", "InService", "Healthy"));
        assertThat(adapters.autoScalingGroups().instances(List.of())).isEmpty();
        assertThat(aws.asked()).hasSize(2);
    }

    @Test
    void theHealthCheckIsInvertedAtTheVersionThatWasRead() {
        aws.answers(200, check("CALCULATED", 0, 4, false)).answers(200, check("CALCULATED", 0, 5, true));
        assertThat(adapters.trafficSwitch(CHECK).switchTo(STANDBY)).isInstanceOf(Switching.Switched.class);
        assertThat(aws.asked().get(1)).contains("POST /2013-04-01/healthcheck/hc-1",
                "<HealthCheckVersion>4</HealthCheckVersion>", "<Inverted>true</Inverted>");
    }

    @Test
    void aChangeInBetweenIsReadAgain() {
        aws.answers(200, check("CALCULATED", 0, 4, false)).fails(409, "HealthCheckVersionMismatch", "changed")
                .answers(200, check("CALCULATED", 0, 5, true));
        assertThat(adapters.trafficSwitch(CHECK).switchTo(STANDBY)).isInstanceOf(Switching.Switched.class);
        assertThat(aws.asked()).hasSize(3);
    }

    @Test
    void onlyACalculatedCheckWithThresholdZeroIsTouched() {
        aws.answers(200, check("HTTP", 0, 4, false)).answers(200, check("CALCULATED", 1, 4, false));
        assertThat(adapters.trafficSwitch(CHECK).switchTo(STANDBY)).isInstanceOf(Switching.Unclear.class);
        assertThat(adapters.trafficSwitch(CHECK).position(STANDBY)).isInstanceOf(Position.Unclear.class);
        assertThat(aws.asked()).allMatch(asked -> asked.startsWith("GET "));
    }

    @Test
    void invertedMeansAwayFromThePrimary() {
        for (int i = 0; i < 4; i++) {
            aws.answers(200, check("CALCULATED", 0, 4, true));
        }
        var traffic = adapters.trafficSwitch(CHECK);
        assertThat(traffic.position(STANDBY)).isInstanceOf(Position.OnTarget.class);
        assertThat(traffic.position(PRIMARY)).isInstanceOf(Position.Elsewhere.class);
        assertThat(traffic.verify(STANDBY, new Switching.Switched("", ""))).isEqualTo(new Verification.InEffect());
        assertThat(traffic.verify(PRIMARY, new Switching.Switched("", ""))).isInstanceOf(Verification.Different.class);
    }

    @Test
    void theRecordIsOverwrittenInOneBatchAndItsFormerValueIsKeptForUndo() {
        aws.answers(200, records("CNAME", "p.example.org")).answers(200, change("PENDING"));
        assertThat(adapters.trafficSwitch(RECORD).switchTo(STANDBY)).isEqualTo(
                new Switching.Switched("C1", "UPSERT search.example.org. CNAME ttl 60 [p.example.org]"));
        assertThat(aws.asked().get(1)).contains("/hostedzone/Z1/rrset", "<Action>UPSERT</Action>", "<TTL>60</TTL>",
                "<Value>s.example.org</Value>");
    }

    @Test
    void theRecordIsInEffectOnceInsync() {
        var traffic = adapters.trafficSwitch(RECORD);
        var accepted = new Switching.Switched("/change/C1", "");
        aws.answers(200, changed("PENDING"));
        assertThat(traffic.verify(STANDBY, accepted)).isInstanceOf(Verification.NotYet.class);
        aws.answers(200, changed("INSYNC")).answers(200, records("CNAME", "S.example.org."));
        assertThat(traffic.verify(STANDBY, accepted)).isEqualTo(new Verification.InEffect());
        aws.answers(200, changed("INSYNC")).answers(200, records("CNAME", "p.example.org"));
        assertThat(traffic.verify(STANDBY, accepted)).isInstanceOf(Verification.Different.class);
    }

    @Test
    void aChangeInProgressIsForNow() {
        aws.answers(200, records("CNAME", "p.example.org"));
        for (int i = 0; i < 3; i++) {
            aws.fails(400, "PriorRequestNotComplete", "wait");
        }
        assertThat(adapters.trafficSwitch(RECORD).switchTo(STANDBY)).isInstanceOf(CallFailure.Throttled.class);
    }

    @Test
    void aMessageGoesOutWithItsAttributesAndAnAsciiSubject() {
        aws.answers(200, "<PublishResponse><PublishResult><MessageId>m1</MessageId></PublishResult></PublishResponse>");
        var channels = adapters.announcements(Optional.of("arn:aws:sns:eu-west-1:1:t"), Optional.empty());
        assertThat(channels.publish(ANNOUNCEMENT)).isEqualTo(new Acceptance.Accepted("m1"));
        assertThat(channels.put(ANNOUNCEMENT)).isEqualTo(new Acceptance.NotConfigured());
        assertThat(aws.asked().getFirst()).contains("Subject=data-1 is DOWN ? now", "recogniser", "k#1", "severity",
                "page");
    }

    @Test
    void anEventThatWasNotTakenIsToldFromItsEntry() {
        aws.answers(200, "{\"Name\":\"bus\"}")
                .answers(200, "{\"FailedEntryCount\":0,\"Entries\":[{\"EventId\":\"e1\"}]}")
                .answers(200, failedEntry("ThrottlingException")).answers(200, failedEntry("MalformedDetail"))
                .answers(200, failedEntry("NotAuthorizedForSource"));
        var channels = adapters.announcements(Optional.empty(), Optional.of("bus"));
        assertThat(channels.put(ANNOUNCEMENT)).isEqualTo(new Acceptance.Accepted("e1"));
        assertThat(channels.put(ANNOUNCEMENT)).isInstanceOf(CallFailure.Throttled.class);
        assertThat(channels.put(ANNOUNCEMENT)).isInstanceOf(Acceptance.Rejected.class);
        assertThat(channels.put(ANNOUNCEMENT)).isInstanceOf(CallFailure.Denied.class);
    }

    @Test
    void aMissingBusIsToldAtStart() {
        aws.answers(400, "{\"__type\":\"ResourceNotFoundException\",\"message\":\"no bus\"}");
        assertThatThrownBy(() -> adapters.announcements(Optional.empty(), Optional.of("bus")))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("no EventBridge bus 'bus'");
    }

    private static String instances(String members) {
        return "<DescribeAutoScalingInstancesResponse><DescribeAutoScalingInstancesResult><AutoScalingInstances>"
                + members
                + "</AutoScalingInstances></DescribeAutoScalingInstancesResult></DescribeAutoScalingInstancesResponse>";
    }

    private static String groups(String name, String next) {
        return "<DescribeAutoScalingGroupsResponse><DescribeAutoScalingGroupsResult><AutoScalingGroups><member>"
                + "<AutoScalingGroupName>" + name + "</AutoScalingGroupName><Instances><member><InstanceId>i-" + name
                + "</InstanceId><AvailabilityZone>z1</AvailabilityZone><LifecycleState>InService</LifecycleState>"
                + "<HealthStatus>Healthy</HealthStatus></member></Instances></member></AutoScalingGroups>" + next
                + "</DescribeAutoScalingGroupsResult></DescribeAutoScalingGroupsResponse>";
    }

    private static String check(String type, int threshold, long version, boolean inverted) {
        return "<GetHealthCheckResponse><HealthCheck><Id>hc-1</Id><HealthCheckVersion>" + version
                + "</HealthCheckVersion><HealthCheckConfig><Type>" + type + "</Type><Inverted>" + inverted
                + "</Inverted><HealthThreshold>" + threshold
                + "</HealthThreshold></HealthCheckConfig></HealthCheck></GetHealthCheckResponse>";
    }

    private static String records(String type, String value) {
        return "<ListResourceRecordSetsResponse><ResourceRecordSets><ResourceRecordSet><Name>search.example.org.</Name><Type>"
                + type + "</Type><TTL>60</TTL><ResourceRecords><ResourceRecord><Value>" + value
                + "</Value></ResourceRecord></ResourceRecords></ResourceRecordSet></ResourceRecordSets>"
                + "<IsTruncated>false</IsTruncated><MaxItems>1</MaxItems></ListResourceRecordSetsResponse>";
    }

    private static String change(String status) {
        return "<ChangeResourceRecordSetsResponse><ChangeInfo><Id>/change/C1</Id><Status>" + status
                + "</Status></ChangeInfo></ChangeResourceRecordSetsResponse>";
    }

    private static String changed(String status) {
        return "<GetChangeResponse><ChangeInfo><Id>/change/C1</Id><Status>" + status
                + "</Status></ChangeInfo></GetChangeResponse>";
    }

    private static String failedEntry(String code) {
        return "{\"FailedEntryCount\":1,\"Entries\":[{\"ErrorCode\":\"" + code + "\",\"ErrorMessage\":\"m\"}]}";
    }
}
