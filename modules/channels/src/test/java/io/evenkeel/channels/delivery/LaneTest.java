package io.evenkeel.channels.delivery;

import static io.evenkeel.channels.delivery.Notifications.T0;
import static io.evenkeel.channels.delivery.Notifications.page;
import static io.evenkeel.channels.delivery.Notifications.resolved;
import static io.evenkeel.channels.delivery.Notifications.warn;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.channels.Channel.Receipt;
import io.evenkeel.core.alert.Alert.Severity;
import io.evenkeel.core.alert.Delivery;
import io.evenkeel.core.alert.Delivery.Outcome;
import io.evenkeel.core.notification.Notification;
import io.evenkeel.core.notification.Notification.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LaneTest {

    private static final Receipt TAKEN = new Receipt.Taken("id");
    private static final Receipt LATER = new Receipt.Later("503", Optional.empty());
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final List<Delivery> deliveries = new ArrayList<>();
    private final List<String> sent = new ArrayList<>();
    private Lane lane = lane(new Rate(Duration.ofSeconds(1), 5));
    private long offset;
    private Instant now = T0;

    private static Lane lane(Rate rate, String... failovers) {
        var paths = new ArrayList<Path>();
        paths.add(new Path("pager", rate, PATIENCE));
        for (var name : failovers) {
            paths.add(new Path(name, rate, PATIENCE));
        }
        return new Lane(paths, new SplittableRandom(1));
    }

    private void admit(Notification... notifications) {
        for (var each : notifications) {
            lane.admit(offset++, each);
        }
    }

    /** Sends all that may be sent now; each path answers the same each time. */
    private void send(Receipt pager, Receipt... failover) {
        for (var step = lane.next(now);; step = lane.next(now)) {
            step.settled().forEach(settled -> deliveries.add(settled.delivery()));
            if (step.attempt().isEmpty()) {
                return;
            }
            var attempt = step.attempt().get();
            boolean own = attempt.path().name().equals("pager");
            sent.add(attempt.path().name() + " " + attempt.what().notification().id());
            lane.answered(attempt, own ? pager : failover[0], now)
                    .ifPresent(settled -> deliveries.add(settled.delivery()));
        }
    }

    private void sendFor(Duration time, Receipt pager, Receipt... failover) {
        for (var end = now.plus(time); now.isBefore(end); now = now.plusMillis(200)) {
            send(pager, failover);
        }
    }

    private List<String> outcomes() {
        return deliveries.stream().map(each -> each.incident() + "#" + each.sequence() + " " + each.outcome()).toList();
    }

    @Test
    void whatIsTakenIsDelivered() {
        admit(page("a", 1));
        send(TAKEN);
        assertThat(deliveries)
                .containsExactly(new Delivery("a", 1, "pager", "pager", Outcome.DELIVERED, 1, "id", "", T0));
        assertThat(lane.offsets()).isEmpty();
    }

    @Test
    void pagesGoFirstWhenSeveralWait() {
        admit(warn("a", 1), warn("b", 1), page("c", 1));
        send(TAKEN);
        assertThat(sent).containsExactly("pager c#1", "pager a#1", "pager b#1");
    }

    @Test
    void aWarningThatBecameAPageBringsItsWholeIncidentForwardInOrder() {
        admit(warn("a", 1), warn("b", 1), page("b", 2));
        send(TAKEN);
        assertThat(sent).containsExactly("pager b#1", "pager b#2", "pager a#1");
    }

    @Test
    void aBurstIsLetThroughAndTheRestIsPaced() {
        for (int i = 0; i < 8; i++) {
            admit(warn("i" + i, 1));
        }
        send(TAKEN);
        assertThat(sent).hasSize(5);
        now = now.plusMillis(999);
        send(TAKEN);
        assertThat(sent).hasSize(5);
        now = now.plusMillis(1);
        send(TAKEN);
        assertThat(sent).hasSize(6);
    }

    @Test
    void whilePacedTheNewestOfAnIncidentReplacesThoseThatWait() {
        lane = lane(new Rate(Duration.ofSeconds(1), 1));
        admit(warn("a", 1), warn("a", 2), warn("a", 3));
        send(TAKEN);
        assertThat(outcomes()).containsExactly("a#1 DELIVERED", "a#2 SUPERSEDED");
        assertThat(deliveries.getLast().detail()).isEqualTo("by #3");
        now = now.plusSeconds(1);
        send(TAKEN);
        assertThat(sent).containsExactly("pager a#1", "pager a#3");
    }

    @Test
    void aFreeChannelGetsEachOfThem() {
        admit(page("a", 1), resolved("a", 2));
        send(TAKEN);
        assertThat(sent).containsExactly("pager a#1", "pager a#2");
    }

    @Test
    void aTroubleThatIsOverBeforeAnybodyCouldBeToldIsToldAsOver() {
        admit(page("a", 1));
        send(LATER);
        admit(resolved("a", 2));
        sendFor(Duration.ofSeconds(10), TAKEN);
        assertThat(outcomes()).containsExactly("a#1 SUPERSEDED", "a#2 DELIVERED");
    }

    @Test
    void testsAreNeverReplaced() {
        var first = Notifications.of("test", 1, Kind.TEST, Severity.INFO, T0);
        var second = Notifications.of("test", 2, Kind.TEST, Severity.INFO, T0);
        admit(first, second);
        send(LATER);
        sendFor(Duration.ofSeconds(10), TAKEN);
        assertThat(outcomes()).containsExactly("test#1 DELIVERED", "test#2 DELIVERED");
    }

    @Test
    void aFailingChannelIsTriedEverMoreRarely() {
        admit(page("a", 1));
        sendFor(Duration.ofMinutes(10), LATER);
        // 1, 2, 4, 8, 16, 32 s and then 60 s, each give or take a fifth.
        assertThat(sent).hasSizeBetween(13, 19);
    }

    @Test
    void aReceiverThatAsksForTimeGetsIt() {
        admit(page("a", 1));
        send(new Receipt.Later("429", Optional.of(Duration.ofSeconds(30))));
        sendFor(Duration.ofSeconds(30), TAKEN);
        assertThat(sent).hasSize(1);
        send(TAKEN);
        assertThat(outcomes()).containsExactly("a#1 DELIVERED");
        assertThat(deliveries.getLast().attempt()).isEqualTo(2);
    }

    @Test
    void aReceiverThatAsksForTooMuchIsTriedAfterAQuarterOfAnHour() {
        admit(page("a", 1));
        send(new Receipt.Later("429", Optional.of(Duration.ofDays(1))));
        now = now.plus(Backoff.MAX_ASKED);
        send(TAKEN);
        assertThat(outcomes()).contains("a#1 DELIVERED");
    }

    @Test
    void failingIsToldOnceForEachStretchOfIt() {
        admit(page("a", 1));
        sendFor(Duration.ofSeconds(60), LATER);
        assertThat(outcomes()).isEmpty();
        sendFor(Duration.ofMinutes(10), LATER);
        assertThat(outcomes()).containsExactly("a#1 FAILING");
        assertThat(deliveries.getFirst().detail()).isEqualTo("503");
        sendFor(Duration.ofMinutes(2), TAKEN);
        admit(page("b", 1));
        sendFor(Duration.ofMinutes(10), LATER);
        assertThat(outcomes()).containsExactly("a#1 FAILING", "a#1 DELIVERED", "b#1 FAILING");
    }

    @Test
    void failingIsToldInTimeAlsoWhereTheReceiverAskedForMore() {
        admit(page("a", 1));
        send(new Receipt.Later("429", Optional.of(Duration.ofMinutes(10))));
        now = now.plus(PATIENCE);
        send(LATER);
        assertThat(outcomes()).containsExactly("a#1 FAILING");
    }

    @Test
    void aChannelThatFailedForLongEnoughHandsOver() {
        lane = lane(Rate.DEFAULT, "mail");
        admit(page("a", 1));
        sendFor(PATIENCE, LATER, TAKEN);
        assertThat(outcomes()).isEmpty();
        send(LATER, TAKEN);
        assertThat(outcomes()).containsExactly("a#1 HANDED_OVER");
        assertThat(deliveries.getFirst().via()).isEqualTo("mail");
        assertThat(deliveries.getFirst().detail()).isEqualTo("pager: 503");
    }

    @Test
    void whatComesNextTriesTheFailingChannelAgainAndDoesNotWaitForIt() {
        lane = lane(Rate.DEFAULT, "mail");
        admit(page("a", 1));
        sendFor(PATIENCE.plusSeconds(1), LATER, TAKEN);
        sent.clear();
        admit(page("b", 1));
        send(LATER, TAKEN);
        assertThat(sent).containsExactly("mail b#1");
        now = now.plusSeconds(90);
        admit(page("c", 1));
        send(LATER, TAKEN);
        assertThat(sent).containsExactly("mail b#1", "pager c#1", "mail c#1");
        now = now.plusSeconds(90);
        admit(page("d", 1));
        send(TAKEN, TAKEN);
        assertThat(outcomes()).containsExactly("a#1 HANDED_OVER", "b#1 HANDED_OVER", "c#1 HANDED_OVER",
                "d#1 DELIVERED");
    }

    @Test
    void whereTheNextOneFailsTooThatIsToldAndBothAreTried() {
        lane = lane(Rate.DEFAULT, "mail");
        admit(page("a", 1));
        sendFor(Duration.ofMinutes(5), LATER, LATER);
        assertThat(outcomes()).containsExactly("a#1 FAILING");
        assertThat(sent).contains("pager a#1", "mail a#1");
        sendFor(Duration.ofMinutes(2), LATER, TAKEN);
        assertThat(outcomes()).containsExactly("a#1 FAILING", "a#1 HANDED_OVER");
    }

    @Test
    void whatCanNeverBeTakenIsRejectedAndTheNextIsSent() {
        admit(page("a", 1));
        send(new Receipt.Refused("too large"));
        admit(page("b", 1));
        send(TAKEN);
        assertThat(outcomes()).containsExactly("a#1 REJECTED", "b#1 DELIVERED");
    }

    @Test
    void whatTheNextOneRefusesWaitsForTheChannelItself() {
        lane = lane(Rate.DEFAULT, "mail");
        admit(page("a", 1));
        sendFor(Duration.ofMinutes(2), LATER, new Receipt.Refused("too large"));
        assertThat(sent.stream().filter("mail a#1"::equals)).hasSize(1);
        assertThat(outcomes()).containsExactly("a#1 FAILING");
        sendFor(Duration.ofMinutes(2), TAKEN, TAKEN);
        assertThat(outcomes()).containsExactly("a#1 FAILING", "a#1 DELIVERED");
    }

    @Test
    void anOldHeartbeatIsNotSent() {
        admit(Notifications.of("heartbeat", 1, Kind.HEARTBEAT, Severity.INFO, T0.minusSeconds(61)),
                Notifications.of("heartbeat", 2, Kind.HEARTBEAT, Severity.INFO, T0.minusSeconds(60)));
        send(TAKEN);
        assertThat(outcomes()).containsExactly("heartbeat#1 EXPIRED", "heartbeat#2 DELIVERED");
    }

    @Test
    void aClockThatIsSetBackDoesNotStopIt() {
        admit(page("a", 1));
        send(LATER);
        now = now.minus(Duration.ofHours(1));
        send(TAKEN);
        assertThat(sent).hasSize(1);
        sendFor(Duration.ofSeconds(2), TAKEN);
        assertThat(outcomes()).containsExactly("a#1 DELIVERED");
    }
}
