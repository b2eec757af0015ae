package io.evenkeel.lab.channels;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.channels.Channel.Receipt;
import io.evenkeel.channels.delivery.Deliverer;
import io.evenkeel.channels.delivery.Deliverer.Line;
import io.evenkeel.channels.delivery.Rate;
import io.evenkeel.channels.delivery.Terms;
import io.evenkeel.core.alert.Alert.Severity;
import io.evenkeel.core.alert.Delivery;
import io.evenkeel.core.notification.Notification;
import io.evenkeel.core.notification.Notification.Kind;
import io.evenkeel.events.TopicSpec;
import io.evenkeel.events.Topics;
import io.evenkeel.lab.RealParts;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Groups, receipts and restarts on a real broker and registry; only the receivers are stand-ins. */
final class DelivererIT {

    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final AtomicLong TOPIC_SETS = new AtomicLong();

    @TempDir
    static Path folder;

    private static RealParts parts;

    private final Topics topics = new Topics("c" + TOPIC_SETS.incrementAndGet() + ".");
    private final FakeChannel pager = new FakeChannel();
    private final FakeChannel mail = new FakeChannel();

    @BeforeAll
    static void start() {
        parts = RealParts.start(folder.resolve("parts"));
    }

    @AfterAll
    static void stop() {
        parts.close();
    }

    @BeforeEach
    void makeTopics() throws InterruptedException {
        parts.createTopics(List.of(topics.notifications(), topics.alertDeliveries(), topics.deadLetters()));
    }

    private Deliverer deliverer(Map<String, Line> lines) {
        var deliverer = new Deliverer(parts.kafka(), topics, parts.serdes(), lines, Duration.ofSeconds(5));
        deliverer.start();
        return deliverer;
    }

    private Deliverer usual() {
        return deliverer(Map.of("pager", new Line(Terms.DEFAULT, () -> pager)));
    }

    private static Notification notification(String incident, int sequence, Severity severity, String... channels) {
        return new Notification(incident, sequence, sequence == 1 ? Kind.FIRING : Kind.UPDATED, severity,
                List.of(channels), new TreeMap<>(), incident, List.of(), 1, 0, "", List.of(), Instant.now(),
                Instant.now());
    }

    private void write(String incident, int sequence, String... channels) throws Exception {
        parts.send(topics.notifications(), notification(incident, sequence, Severity.PAGE, channels));
    }

    private List<Delivery> deliveries() {
        try (var decoder = parts.serdes().deserializer()) {
            return parts.read(topics.alertDeliveries()).stream()
                    .map(each -> (Delivery) decoder.deserialize(each.topic(), each.value())).toList();
        }
    }

    private void awaitOutcomes(String... expected) {
        await().atMost(LIMIT).untilAsserted(() -> assertThat(deliveries().stream().map(each -> each.channel() + " "
                + each.incident() + "#" + each.sequence() + " " + each.outcome())).containsExactly(expected));
    }

    @Test
    void eachIsDeliveredOnceInOrderAlsoWhatWasWrittenWhileNobodyRead() throws Exception {
        write("a", 1, "pager");
        try (var _ = usual()) {
            write("other", 1, "mail");
            write("a", 2, "pager", "mail");
            awaitOutcomes("pager a#1 DELIVERED", "pager a#2 DELIVERED");
        }
        write("a", 3, "pager");
        try (var _ = usual()) {
            awaitOutcomes("pager a#1 DELIVERED", "pager a#2 DELIVERED", "pager a#3 DELIVERED");
        }
        assertThat(pager.sent()).containsExactly("a#1", "a#2", "a#3");
        assertThat(deliveries().getFirst().receipt()).isEqualTo("id of a#1");
    }

    @Test
    void aDeathBetweenSendingAndReceiptRepeatsThatOneOnly() throws Exception {
        var dies = new AtomicBoolean(true);
        pager.answers(notification -> {
            if (notification.id().equals("a#2") && dies.getAndSet(false)) {
                throw new AssertionError("dies here");
            }
            return FakeChannel.taken(notification);
        });
        write("a", 1, "pager");
        write("a", 2, "pager");
        write("a", 3, "pager");
        try (var _ = usual()) {
            awaitOutcomes("pager a#1 DELIVERED", "pager a#2 DELIVERED", "pager a#3 DELIVERED");
        }
        assertThat(pager.sent()).containsExactly("a#1", "a#2", "a#2", "a#3");
    }

    @Test
    void whatWentPastAWaitingOneIsNotRepeatedByTheNextProcess() throws Exception {
        parts.send(topics.notifications(), notification("w1", 1, Severity.WARN, "pager"));
        parts.send(topics.notifications(), notification("w2", 1, Severity.WARN, "pager"));
        write("p", 1, "pager");
        var slow = new Terms(Optional.empty(), Duration.ofMinutes(1), new Rate(Duration.ofHours(1), 1));
        try (var _ = deliverer(Map.of("pager", new Line(slow, () -> pager)))) {
            awaitOutcomes("pager p#1 DELIVERED");
        }
        try (var _ = usual()) {
            awaitOutcomes("pager p#1 DELIVERED", "pager w1#1 DELIVERED", "pager w2#1 DELIVERED");
        }
        assertThat(pager.sent()).containsExactly("p#1", "w1#1", "w2#1");
    }

    @Test
    void aFailingChannelHandsOverAndIsUsedAgainOnceItWorks() throws Exception {
        pager.answers(_ -> new Receipt.Later("503", Optional.empty()));
        var impatient = new Terms(Optional.of("mail"), Duration.ofSeconds(1), Rate.DEFAULT);
        try (var _ = deliverer(Map.of("pager", new Line(impatient, () -> pager), "mail",
                new Line(Terms.DEFAULT, () -> mail)))) {
            write("a", 1, "pager");
            awaitOutcomes("pager a#1 HANDED_OVER");
            assertThat(mail.sent()).containsExactly("a#1");
            assertThat(deliveries().getFirst().via()).isEqualTo("mail");
            pager.answers(FakeChannel::taken);
            await().atMost(LIMIT).untilAsserted(() -> {
                write("b", deliveries().size(), "pager");
                assertThat(deliveries().getLast().outcome()).isEqualTo(Delivery.Outcome.DELIVERED);
            });
        }
    }

    @Test
    void aStuckChannelStopsOnlyItself() throws Exception {
        var released = new CountDownLatch(1);
        pager.answers(notification -> {
            try {
                released.await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
            return FakeChannel.taken(notification);
        });
        try (var _ = deliverer(Map.of("pager", new Line(Terms.DEFAULT, () -> pager), "mail",
                new Line(Terms.DEFAULT, () -> mail)))) {
            write("a", 1, "pager", "mail");
            awaitOutcomes("mail a#1 DELIVERED");
            await().atMost(LIMIT).untilAsserted(() -> assertThat(pager.sent()).containsExactly("a#1"));
            released.countDown();
            awaitOutcomes("mail a#1 DELIVERED", "pager a#1 DELIVERED");
        }
    }

    @Test
    void aSecondProcessStandsByAndTakesOver() throws Exception {
        var first = usual();
        try (var _ = usual()) {
            write("a", 1, "pager");
            awaitOutcomes("pager a#1 DELIVERED");
            first.close();
            write("a", 2, "pager");
            awaitOutcomes("pager a#1 DELIVERED", "pager a#2 DELIVERED");
        } finally {
            first.close();
        }
        assertThat(pager.sent()).containsExactly("a#1", "a#2");
    }

    @Test
    void poisonIsOneDeadLetterAndTheNextIsDelivered() throws Exception {
        try (var raw = new KafkaProducer<>(parts.kafka().producer("raw"), new ByteArraySerializer(),
                new ByteArraySerializer())) {
            raw.send(new ProducerRecord<>(topics.notifications().name(), "nonsense".getBytes(UTF_8))).get();
        }
        write("a", 1, "pager", "mail");
        try (var _ = deliverer(Map.of("pager", new Line(Terms.DEFAULT, () -> pager), "mail",
                new Line(Terms.DEFAULT, () -> mail)))) {
            await().atMost(LIMIT).untilAsserted(() -> assertThat(deliveries()).hasSize(2));
        }
        assertThat(parts.read(topics.deadLetters())).hasSize(1);
    }

    @Test
    void aNewGroupDoesNotTellOldNews() throws Exception {
        var own = new Topics(topics.prefix() + "old.");
        parts.createTopics(
                List.of(own.alertDeliveries(), own.deadLetters(), new TopicSpec(own.notifications().name(), 1,
                        Map.of("message.timestamp.type", "CreateTime"))));
        try (var producer = new KafkaProducer<>(parts.kafka().producer("old"), new StringSerializer(),
                parts.serdes().serializer())) {
            long now = System.currentTimeMillis();
            for (int i = 1; i <= 30; i++) {
                long at = now - Duration.ofMinutes(95 - i).toMillis();
                var _ = producer.send(new ProducerRecord<>(own.notifications().name(), 0, at, "i" + i,
                        notification("i" + i, 1, Severity.PAGE, "pager")));
            }
            producer.send(new ProducerRecord<>(own.notifications().name(), 0, now - 60_000, "new",
                    notification("new", 1, Severity.PAGE, "pager"))).get();
        }
        try (var deliverer = new Deliverer(parts.kafka(), own, parts.serdes(),
                Map.of("pager", new Line(Terms.DEFAULT, () -> pager)), Duration.ofSeconds(5))) {
            deliverer.start();
            await().atMost(LIMIT).untilAsserted(() -> assertThat(pager.sent()).containsExactly("new#1"));
        }
    }
}
