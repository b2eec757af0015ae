package io.evenkeel.lab.actions;

import static io.evenkeel.lab.actions.ActionWorld.LIMIT;
import static io.evenkeel.lab.actions.ActionWorld.replacement;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.actions.Announcer;
import io.evenkeel.actions.InstanceHealth.PreState;
import io.evenkeel.actions.testing.InMemoryAnnouncements;
import io.evenkeel.core.action.ActionOutcome;
import io.evenkeel.core.action.ActionOutcome.Status;
import io.evenkeel.core.decision.Intent;
import io.evenkeel.events.Partitioning;
import io.evenkeel.events.kafka.DeadLetters;
import io.evenkeel.lab.RealParts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Claims, recovery and gates on a real broker and registry; only AWS is a stand-in. */
final class ActionConsumerIT {

    @TempDir
    static Path folder;

    private static RealParts parts;

    @TempDir
    Path home;

    private ActionWorld world;

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
        world = new ActionWorld(parts, home);
    }

    @AfterEach
    void stopTicks() {
        world.close();
    }

    @Test
    void aRequestIsClaimedActedOnEndedAndAnnouncedOnceAlsoAfterARestart() throws Exception {
        var announcements = new InMemoryAnnouncements();
        try (var announcer = new Announcer(parts.kafka(), world.topics, parts.serdes(), announcements)) {
            announcer.start();
            try (var consumer = world.consumer()) {
                consumer.start();
                world.request("r1", "group-1", "i-1");
                world.awaitStatuses("r1", Status.STARTED, Status.SUCCEEDED);
            }
            await().atMost(LIMIT).untilAsserted(() -> assertThat(announcements.published()).hasSize(1));
            try (var consumer = world.consumer()) {
                consumer.start();
                world.request("r1", "group-1", "i-1");
                world.request("r2", "group-1", "i-2");
                world.awaitStatuses("r2", Status.STARTED, Status.SUCCEEDED);
            }
            assertThat(world.statuses("r1")).containsExactly(Status.STARTED, Status.SUCCEEDED);
            assertThat(world.instances.marked()).containsExactly("i-1", "i-2");
        }
    }

    @Test
    void whatADeadOwnerBeganIsReReadAfterItsLease() throws Exception {
        world.instances.with("i-1", new PreState.AlreadyUnhealthy("group-1", "Terminating"));
        var leaseUntil = Instant.now().plusSeconds(4);
        parts.send(world.topics.actionOutcomes(), new ActionOutcome(replacement("r1", "group-1", "i-1"),
                Status.STARTED, "dead", 1, leaseUntil, Instant.now(), "claimed"));
        world.request("r2", "group-1", "i-2");
        try (var consumer = world.consumer()) {
            consumer.start();
            world.awaitStatuses("r1", Status.STARTED, Status.STARTED, Status.ALREADY_DONE);
            world.awaitStatuses("r2", Status.STARTED, Status.SUCCEEDED);
            var recovered = world.outcomes("r1").get(1);
            assertThat(recovered.attempt()).isEqualTo(2);
            assertThat(recovered.owner()).isEqualTo(consumer.owner());
            assertThat(recovered.at()).isAfterOrEqualTo(leaseUntil);
            assertThat(world.outcomes("r2").getFirst().at()).isAfterOrEqualTo(leaseUntil);
        }
        assertThat(world.instances.marked()).containsExactly("i-2");
    }

    @Test
    void aHoldOrABrakeFileRefuses() throws Exception {
        parts.send(world.topics.intents(), new Intent(Intent.Kind.HOLD, "primary", "ann", "test", Instant.now(),
                Instant.now().plusSeconds(600)));
        try (var consumer = world.consumer()) {
            consumer.start();
            world.request("r1", "group-1", "i-1");
            world.awaitStatuses("r1", Status.STARTED, Status.REFUSED);
            parts.publisher().sendTombstone(world.topics.intents(), "hold/primary", 0).toCompletableFuture().get();
            Files.createFile(home.resolve("BRAKE"));
            world.request("r2", "group-1", "i-2");
            world.awaitStatuses("r2", Status.STARTED, Status.REFUSED);
            assertThat(world.outcomes("r2").getLast().detail()).startsWith("brake: file");
        }
        assertThat(world.instances.marked()).isEmpty();
    }

    @Test
    void poisonBecomesADeadLetterAndTheNextRequestIsDone() throws Exception {
        var nonsense = "nonsense".getBytes(UTF_8);
        try (var raw = new KafkaProducer<>(parts.kafka().producer("raw"), new ByteArraySerializer(),
                new ByteArraySerializer())) {
            raw.send(new ProducerRecord<>(world.topics.actionRequests().name(),
                    Partitioning.SPREAD.forSerialKey("group-1"), "group-1".getBytes(UTF_8), nonsense)).get();
        }
        world.request("r1", "group-1", "i-1");
        try (var consumer = world.consumer()) {
            consumer.start();
            world.awaitStatuses("r1", Status.STARTED, Status.SUCCEEDED);
        }
        assertThat(parts.read(world.topics.deadLetters())).singleElement().satisfies(letter -> {
            assertThat(letter.value()).isEqualTo(nonsense);
            assertThat(letter.headers().lastHeader(DeadLetters.REASON).value()).asString(UTF_8)
                    .isEqualTo("BAD_MAGIC_BYTE");
        });
    }

    @Test
    void nothingIsClaimedWhileTimeStandsStill() throws Exception {
        try (var consumer = world.consumer()) {
            world.stopTime();
            consumer.start();
            world.request("r1", "group-1", "i-1");
            await().during(Duration.ofSeconds(4)).atMost(LIMIT)
                    .untilAsserted(() -> assertThat(world.outcomes("r1")).isEmpty());
            world.goOn();
            world.awaitStatuses("r1", Status.STARTED, Status.SUCCEEDED);
        }
    }

    @Test
    void twoProcessesShareTheWorkAndNoRequestIsActedOnTwice() throws Exception {
        try (var one = world.consumer()) {
            one.start();
            for (int i = 0; i < 30; i++) {
                world.request("r" + i, "group-" + i, "i-" + i);
                if (i == 10) {
                    try (var two = world.consumer()) {
                        two.start();
                        world.awaitStatuses("r10", Status.STARTED, Status.SUCCEEDED);
                    }
                }
            }
            await().atMost(LIMIT).untilAsserted(() -> assertThat(ends()).hasSize(30));
        }
        assertThat(ends()).doesNotHaveDuplicates().allMatch(end -> end.endsWith(" SUCCEEDED"));
        assertThat(world.instances.marked()).hasSize(30).doesNotHaveDuplicates();
    }

    @Test
    void aBrokerThatIsKilledAndComesBackCostsNoRequestAndNoSecondCall() throws Exception {
        try (var one = world.consumer(); var two = world.consumer()) {
            one.start();
            two.start();
            for (int i = 0; i < 20; i++) {
                world.request("r" + i, "group-" + i, "i-" + i);
                if (i == 10) {
                    parts.broker().kill9();
                    parts.broker().restart();
                }
            }
            await().atMost(Duration.ofSeconds(90)).untilAsserted(() -> assertThat(requestsEnded()).hasSize(20));
        }
        assertThat(ends()).as("one end each").hasSize(20);
        assertThat(world.instances.marked()).doesNotHaveDuplicates().hasSizeGreaterThan(10);
    }

    private Set<String> requestsEnded() {
        return ends().stream().map(end -> end.substring(0, end.indexOf(' '))).collect(Collectors.toSet());
    }

    /** Request and status of each outcome that is final. */
    private List<String> ends() {
        return world.outcomes().stream().filter(outcome -> outcome.status().isEnd())
                .map(outcome -> outcome.request().id() + " " + outcome.status()).toList();
    }
}
