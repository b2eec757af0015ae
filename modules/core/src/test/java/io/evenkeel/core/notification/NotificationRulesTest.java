package io.evenkeel.core.notification;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.core.alert.Alert.Severity;
import io.evenkeel.core.alert.AlertName;
import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.notification.Notification.Kind;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NotificationRulesTest {

    private NotificationWorld world = NotificationWorld.withOneRoute();

    private void withEscalation() {
        world = new NotificationWorld(NotificationWorld.policy(new Route("route", List.of(), Optional.empty(),
                List.of("chat"), List.of("cluster"), Route.Pace.DEFAULT,
                List.of(new Route.Step(Duration.ofMinutes(5), List.of("pager")),
                        new Route.Step(Duration.ofMinutes(15), List.of("boss", "pager"))),
                false, List.of())));
    }

    @Test
    void aPageIsToldAtOnce() {
        world.fires(AlertName.CLUSTER_FAILED, "primary", Severity.PAGE);
        assertThat(world.told).singleElement().satisfies(told -> {
            assertThat(told.kind()).isEqualTo(Kind.FIRING);
            assertThat(told.channels()).containsExactly("chat");
            assertThat(told.title()).isEqualTo("primary ClusterFailed");
            assertThat(told.incident()).isEqualTo("primary@1");
        });
    }

    @Test
    void whatIsNoPageWaitsForMoreOfItsGroup() {
        world.fires(AlertName.NODE_DOWN, "primary/d1", Severity.WARN);
        world.pass(Duration.ofSeconds(4));
        world.fires(AlertName.NODE_DOWN, "primary/d2", Severity.WARN);
        world.fires(AlertName.NODE_DOWN, "standby/d1", Severity.WARN);
        world.pass(Duration.ofSeconds(10));
        assertThat(world.lines()).containsExactly("10 FIRING 2 alerts of primary, first: primary/d1 NodeDown",
                "14 FIRING standby/d1 NodeDown");
        assertThat(world.told.getFirst().alerts()).extracting(alert -> alert.subject()).containsExactly("primary/d1",
                "primary/d2");
    }

    @Test
    void oneIncidentGoesFromTheFirstSymptomToResolvedWhateverJoins() {
        world.fires(AlertName.NODE_DOWN, "primary/d1", Severity.WARN);
        world.pass(Duration.ofSeconds(12));
        world.fires(AlertName.CLUSTER_FAILED, "primary", Severity.PAGE);
        world.pass(Duration.ofSeconds(40));
        world.ends("primary/d1");
        world.pass(Duration.ofSeconds(40));
        world.ends("primary");
        world.pass(Duration.ofSeconds(2));
        assertThat(world.lines()).containsExactly("10 FIRING primary/d1 NodeDown", "12 UPDATED primary ClusterFailed",
                "53 UPDATED primary ClusterFailed", "93 RESOLVED primary ClusterFailed");
        assertThat(world.told).extracting(Notification::incident).containsOnly("primary/d1@1");
        assertThat(world.told).extracting(Notification::sequence).containsExactly(1, 2, 3, 4);
        assertThat(world.state).isEqualTo(NotificationState.empty());
    }

    @Test
    void whatEndsBeforeItIsToldIsNeverTold() {
        world.fires(AlertName.NODE_DOWN, "primary/d1", Severity.WARN);
        world.pass(Duration.ofSeconds(5));
        world.ends("primary/d1");
        world.pass(Duration.ofSeconds(20));
        assertThat(world.told).isEmpty();
        assertThat(world.state).isEqualTo(NotificationState.empty());
    }

    @Test
    void newsAreToldAnIntervalAfterTheLast() {
        world.fires(AlertName.CLUSTER_FAILED, "primary", Severity.PAGE);
        world.pass(Duration.ofSeconds(3));
        world.fires(AlertName.CLUSTER_FAILED, "primary", Severity.PAGE);
        world.pass(Duration.ofSeconds(60));
        assertThat(world.lines()).containsExactly("0 FIRING primary ClusterFailed", "30 UPDATED primary ClusterFailed");
    }

    @Test
    void aClustersFailureKeepsThatOfItsNodesBack() {
        world.fires(AlertName.NODE_DOWN, "primary/d1", Severity.WARN);
        world.fires(AlertName.NODE_DOWN, "standby/d1", Severity.WARN);
        world.pass(Duration.ofSeconds(2));
        world.fires(AlertName.CLUSTER_FAILED, "primary", Severity.PAGE);
        world.pass(Duration.ofSeconds(60));
        assertThat(world.lines()).containsExactly("2 FIRING primary ClusterFailed", "10 FIRING standby/d1 NodeDown");
        world.ends("primary");
        world.pass(Duration.ofSeconds(1));
        assertThat(world.told.getLast().title()).as("it fires still, and nothing explains it any more")
                .isEqualTo("primary/d1 NodeDown");
        assertThat(world.told.getLast().firing()).isEqualTo(1);
        assertThat(world.told.getLast().resolved()).isEqualTo(1);
    }

    @Test
    void anImpairedZoneKeepsItsNodesBackAndIsAloneInItsGroup() {
        world.fires(AlertName.ZONE_IMPAIRED, "*/zone/z1", Severity.PAGE);
        world.fires(AlertName.NODE_DOWN, "primary/d1", Severity.WARN);
        world.fires(AlertName.NODE_DOWN, "primary/d2", Severity.WARN);
        world.fires(AlertName.BRAKE_TRIPPED, "*/brake", Severity.PAGE);
        world.pass(Duration.ofSeconds(10));
        assertThat(world.lines()).containsExactly("0 FIRING */zone/z1 ZoneImpaired", "0 FIRING */brake BrakeTripped",
                "10 FIRING primary/d2 NodeDown");
    }

    @Test
    void whatIsStillBrokenWhenASilenceEndsIsToldThen() {
        world.silence("primary/d1", Duration.ofMinutes(10));
        world.fires(AlertName.NODE_DOWN, "primary/d1", Severity.WARN);
        world.fires(AlertName.NODE_DOWN, "primary/d10", Severity.WARN);
        world.pass(Duration.ofMinutes(10));
        assertThat(world.lines()).startsWith("10 FIRING primary/d10 NodeDown").hasSize(2);
        assertThat(world.told.getLast().kind()).isEqualTo(Kind.UPDATED);
        assertThat(world.told.getLast().firing()).isEqualTo(2);
        assertThat(world.state.silences()).isEmpty();
    }

    @Test
    void whatWasToldBeforeASilenceIsResolvedInItAndItsNewsWait() {
        world.fires(AlertName.CLUSTER_DEGRADED, "primary", Severity.WARN);
        world.pass(Duration.ofSeconds(10));
        world.silence("primary", Duration.ofHours(10));
        world.fires(AlertName.CLUSTER_FAILED, "primary", Severity.PAGE);
        world.pass(Duration.ofHours(5));
        world.ends("primary");
        world.pass(Duration.ofSeconds(1));
        assertThat(world.told).extracting(Notification::kind).containsExactly(Kind.FIRING, Kind.RESOLVED);
    }

    @Test
    void whatASilenceKeptBackIsAnIncidentOfItsOwnOnceTheToldOneIsOver() {
        world.fires(AlertName.NODE_DOWN, "primary/d1", Severity.WARN);
        world.pass(Duration.ofSeconds(10));
        world.silence("primary/d2", Duration.ofMinutes(1));
        world.fires(AlertName.NODE_DOWN, "primary/d2", Severity.WARN);
        world.ends("primary/d1");
        world.pass(Duration.ofMinutes(2));
        assertThat(world.told).extracting(Notification::kind).containsExactly(Kind.FIRING, Kind.RESOLVED, Kind.FIRING);
        assertThat(world.told).extracting(Notification::incident).containsExactly("primary/d1@1", "primary/d1@1",
                "primary/d2@2");
    }

    @Test
    void aSilenceCanNameLabels() {
        world.silence("name=NodeDown,cluster=~prim.*", Duration.ofHours(1));
        world.fires(AlertName.NODE_DOWN, "primary/d1", Severity.WARN);
        world.fires(AlertName.NODE_UNKNOWN, "primary/d2", Severity.WARN);
        world.fires(AlertName.NODE_DOWN, "standby/d1", Severity.WARN);
        world.pass(Duration.ofSeconds(20));
        assertThat(world.lines()).containsExactly("10 FIRING primary/d2 NodeUnknown", "10 FIRING standby/d1 NodeDown");
    }

    @Test
    void nobodyWhoAcknowledgesIsEscalatedStepByStep() {
        withEscalation();
        world.fires(AlertName.CLUSTER_FAILED, "primary", Severity.PAGE);
        world.pass(Duration.ofMinutes(16));
        assertThat(world.lines()).containsExactly("0 FIRING primary ClusterFailed",
                "300 ESCALATED primary ClusterFailed", "900 ESCALATED primary ClusterFailed");
        assertThat(world.told).extracting(Notification::channels).containsExactly(List.of("chat"),
                List.of("chat", "pager"), List.of("chat", "pager", "boss"));
    }

    @Test
    void anAcknowledgementEndsStepsAndRemindersAndIsToldOnce() {
        withEscalation();
        world.fires(AlertName.CLUSTER_FAILED, "primary", Severity.PAGE);
        world.pass(Duration.ofMinutes(6));
        world.acknowledge("primary@1");
        world.acknowledge("primary@1");
        world.pass(Duration.ofHours(3));
        assertThat(world.told).extracting(Notification::kind).containsExactly(Kind.FIRING, Kind.ESCALATED,
                Kind.ACKNOWLEDGED);
        assertThat(world.told.getLast().by()).isEqualTo("ann");
        assertThat(world.told.getLast().channels()).as("whoever was told is told who looks").containsExactly("chat",
                "pager");
    }

    @Test
    void aPageThatJoinsWhatWasAcknowledgedIsToldAtOnceAndEscalatesAnew() {
        withEscalation();
        world.fires(AlertName.NODE_UNREACHABLE, "primary/d1", Severity.PAGE);
        world.acknowledge("primary/d1@1");
        world.pass(Duration.ofMinutes(1));
        world.fires(AlertName.NODE_UNREACHABLE, "primary/d2", Severity.PAGE);
        world.pass(Duration.ofMinutes(5));
        assertThat(world.lines()).containsExactly("0 FIRING primary/d1 NodeUnreachable",
                "0 ACKNOWLEDGED primary/d1 NodeUnreachable",
                "60 UPDATED 2 alerts of primary, first: primary/d1 NodeUnreachable",
                "360 ESCALATED 2 alerts of primary, first: primary/d1 NodeUnreachable");
        assertThat(world.told.getLast().by()).isEmpty();
    }

    @Test
    void anUnacknowledgedPageIsRepeatedSoonerThanAWarning() {
        world.fires(AlertName.CLUSTER_FAILED, "primary", Severity.PAGE);
        world.fires(AlertName.CLUSTER_DEGRADED, "standby", Severity.WARN);
        world.pass(Duration.ofHours(5));
        assertThat(world.told.stream().filter(told -> told.kind() == Kind.REMINDER).map(Notification::title)
                .filter("primary ClusterFailed"::equals)).hasSize(10);
        assertThat(world.told.stream().filter(told -> told.kind() == Kind.REMINDER).map(Notification::title)
                .filter("standby ClusterDegraded"::equals)).hasSize(1);
    }

    @Test
    void routesAreTakenAsInAlertmanager() {
        var pages = NotificationWorld.route("route.routes[0]", List.of("pager"), List.of(), "severity=page");
        var all = new Route("route.routes[1]", List.of(Matcher.parse("cluster=primary")), Optional.empty(),
                List.of("team"), List.of("cluster"), Route.Pace.DEFAULT, List.of(), false, List.of());
        world = new NotificationWorld(NotificationWorld.policy(
                NotificationWorld.route("route", List.of("chat"), List.of(pages, all))));
        world.fires(AlertName.CLUSTER_FAILED, "primary", Severity.PAGE);
        world.fires(AlertName.CLUSTER_DEGRADED, "standby", Severity.WARN);
        world.pass(Duration.ofSeconds(10));
        assertThat(world.told).extracting(Notification::channels).containsExactly(List.of("pager"), List.of("chat"));
    }

    @Test
    void anAlertThatGetsLouderGoesTheWayOfItsSeverityAndIsResolvedWhereverItWasTold() {
        var pages = NotificationWorld.route("route.routes[0]", List.of("pager"), List.of(), "severity=page");
        world = new NotificationWorld(
                NotificationWorld.policy(NotificationWorld.route("route", List.of("chat"), List.of(pages))));
        world.fires(AlertName.CLUSTER_DEGRADED, "primary", Severity.WARN);
        world.pass(Duration.ofSeconds(10));
        world.fires(AlertName.CLUSTER_FAILED, "primary", Severity.PAGE);
        world.ends("primary");
        world.pass(Duration.ofSeconds(1));
        assertThat(world.told).extracting(told -> told.kind() + " " + told.channels() + " " + told.incident())
                .containsExactlyInAnyOrder("FIRING [chat] primary@1", "FIRING [pager] primary@1+2",
                        "RESOLVED [chat] primary@1", "RESOLVED [pager] primary@1+2");
    }

    @Test
    void linksNameWhatTheAlertsHaveAndAreLeftOutWhereTheyHaveNot() {
        world = new NotificationWorld(new NotificationPolicy(
                NotificationWorld.route("route", List.of("chat"), List.of()), List.of(), Optional.empty(),
                Optional.empty(),
                List.of(new LinkTemplate("Runbook", "https://runbooks.example.org/{name}#{severity}"),
                        new LinkTemplate("Incident", "https://ops.example.org/?id={incident}&cluster={cluster}"),
                        new LinkTemplate("Node", "https://ops.example.org/nodes/{node}")),
                Map.of()));
        world.fires(AlertName.CLUSTER_FAILED, "prímary", Severity.PAGE);
        assertThat(world.told).singleElement()
                .satisfies(told -> assertThat(told.links()).containsExactly(
                        new Link("Runbook", "https://runbooks.example.org/ClusterFailed#page"),
                        new Link("Incident", "https://ops.example.org/?id=pr%C3%ADmary%401&cluster=pr%C3%ADmary")));
    }

    @Test
    void servicesAreALabelOfTheirClustersAlerts() {
        world = new NotificationWorld(new NotificationPolicy(new Route("route", List.of(), Optional.empty(),
                List.of("chat"), List.of("service"), Route.Pace.DEFAULT, List.of(), false, List.of()),
                Inhibition.DEFAULTS, Optional.empty(), Optional.empty(), List.of(),
                Map.of(new ClusterId("primary"), "search", new ClusterId("standby"), "search")));
        world.fires(AlertName.CLUSTER_DEGRADED, "primary", Severity.WARN);
        world.fires(AlertName.CLUSTER_DEGRADED, "standby", Severity.WARN);
        world.pass(Duration.ofSeconds(10));
        assertThat(world.told).singleElement()
                .satisfies(told -> assertThat(told.labels()).containsOnly(Map.entry("service", "search")));
    }

    @Test
    void heartbeatsStopWhileHealthStandsStill() {
        world = new NotificationWorld(new NotificationPolicy(
                NotificationWorld.route("route", List.of("chat"), List.of()), List.of(),
                Optional.of(new NotificationPolicy.Heartbeat(List.of("deadman"), Duration.ofMinutes(1))),
                Optional.empty(), List.of(), Map.of()));
        world.pass(Duration.ofMinutes(3));
        assertThat(world.told).extracting(Notification::id).containsExactly("heartbeat#1", "heartbeat#2",
                "heartbeat#3");
        world.fires(AlertName.HEALTH_STALLED, "*/health", Severity.PAGE);
        world.pass(Duration.ofMinutes(3));
        assertThat(world.told).extracting(Notification::kind).filteredOn(Kind.HEARTBEAT::equals).hasSize(3);
    }

    private void withTestPage(String at, Set<DayOfWeek> days) {
        world = new NotificationWorld(new NotificationPolicy(
                NotificationWorld.route("route", List.of("chat"), List.of()), List.of(), Optional.empty(),
                Optional.of(new TestPage(List.of("pager"), LocalTime.parse(at), days, ZoneId.of("Europe/Berlin"))),
                List.of(), Map.of()));
    }

    /** Ticks from the first to the last, both of Berlin's clock, and says what was told in between, by the clock of UTC. */
    private List<String> told(String from, String to, Duration between) {
        int before = world.told.size();
        for (var now = berlin(from); !now.isAfter(berlin(to)); now = now.plus(between)) {
            world.now = now;
            world.tick();
        }
        return world.told.stream().skip(before).map(each -> each.at() + " " + each.id()).toList();
    }

    private static Instant berlin(String local) {
        return LocalDateTime.parse(local).atZone(ZoneId.of("Europe/Berlin")).toInstant();
    }

    private List<String> toldAt(String local) {
        return told(local, local, Duration.ofSeconds(1));
    }

    @Test
    void aTestPageComesOnceEachOfItsDays() {
        withTestPage("09:00", EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY));
        assertThat(told("2026-11-26T08:59:30", "2026-11-26T09:00:30", Duration.ofSeconds(1)))
                .containsExactly("2026-11-26T08:00:00Z test/2026-11-26#1");
        assertThat(world.told.getLast()).satisfies(page -> {
            assertThat(page.kind()).isEqualTo(Kind.TEST);
            assertThat(page.severity()).isEqualTo(Severity.INFO);
            assertThat(page.channels()).containsExactly("pager");
            assertThat(page.alerts()).isEmpty();
        });
        assertThat(told("2026-11-26T09:01:00", "2026-12-01T12:00:00", Duration.ofMinutes(1)))
                .as("Friday and, after the weekend, Monday and Tuesday")
                .containsExactly("2026-11-27T08:00:00Z test/2026-11-27#1", "2026-11-30T08:00:00Z test/2026-11-30#1",
                        "2026-12-01T08:00:00Z test/2026-12-01#1");
    }

    @Test
    void aClockThatJumpsOverATestPageByUnderAnHourStillSendsIt() {
        withTestPage("09:00", EnumSet.allOf(DayOfWeek.class));
        assertThat(toldAt("2026-11-23T08:59:59")).isEmpty();
        assertThat(toldAt("2026-11-23T09:59:59")).containsExactly("2026-11-23T08:59:59Z test/2026-11-23#1");
        assertThat(toldAt("2026-11-24T08:59:59")).isEmpty();
        assertThat(toldAt("2026-11-24T10:00:00")).as("too late, and not made up for").isEmpty();
        assertThat(toldAt("2026-11-28T09:30:00")).as("of the days in between none").containsExactly(
                "2026-11-28T08:30:00Z test/2026-11-28#1");
    }

    @Test
    void aTestPageBeforeMidnightMayComeAfterItAndIsThatOfTheDayBefore() {
        withTestPage("23:45", EnumSet.of(DayOfWeek.FRIDAY));
        assertThat(toldAt("2026-11-27T23:44:00")).isEmpty();
        assertThat(toldAt("2026-11-28T00:10:00")).containsExactly("2026-11-27T23:10:00Z test/2026-11-27#1");
        assertThat(told("2026-11-28T00:10:01", "2026-12-04T23:44:59", Duration.ofMinutes(1))).isEmpty();
        assertThat(toldAt("2026-12-04T23:45:00")).hasSize(1);
    }

    @Test
    void aTestPageKeepsToTheWallClockWhenSummerBeginsAndEnds() {
        withTestPage("02:30", EnumSet.allOf(DayOfWeek.class));
        assertThat(told("2026-03-28T00:00:00", "2026-03-30T12:00:00", Duration.ofMinutes(1)))
                .as("on the 29th there is no 02:30, and 03:30 is an hour after 01:30")
                .containsExactly("2026-03-28T01:30:00Z test/2026-03-28#1", "2026-03-29T01:30:00Z test/2026-03-29#1",
                        "2026-03-30T00:30:00Z test/2026-03-30#1");
        assertThat(told("2026-10-24T00:00:00", "2026-10-26T12:00:00", Duration.ofMinutes(1)))
                .as("on the 25th 02:30 is there twice")
                .containsExactly("2026-10-24T00:30:00Z test/2026-10-24#1", "2026-10-25T00:30:00Z test/2026-10-25#1",
                        "2026-10-26T01:30:00Z test/2026-10-26#1");
    }

    @Test
    void aTestPageIsNotRepeatedAfterARestartNorWhenTheClockGoesBack() {
        withTestPage("09:00", EnumSet.allOf(DayOfWeek.class));
        assertThat(toldAt("2026-11-23T09:00:00")).hasSize(1);
        var state = world.state;
        withTestPage("09:10", EnumSet.allOf(DayOfWeek.class));
        world.state = state;
        assertThat(toldAt("2026-11-23T09:20:00")).as("also where configuration says another time by now").isEmpty();
        assertThat(toldAt("2026-11-22T09:20:00")).isEmpty();
        assertThat(toldAt("2026-11-24T09:10:00")).containsExactly("2026-11-24T08:10:00Z test/2026-11-24#1");
    }

    @Test
    void aTestPageComesWhateverIsSilenced() {
        withTestPage("09:00", EnumSet.allOf(DayOfWeek.class));
        world.now = berlin("2026-11-23T08:30:00");
        world.silence("*", Duration.ofHours(2));
        assertThat(toldAt("2026-11-23T09:00:00")).hasSize(1);
    }
}
