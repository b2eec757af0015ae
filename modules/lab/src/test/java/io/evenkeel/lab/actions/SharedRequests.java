package io.evenkeel.lab.actions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.core.action.ActionOutcome;
import io.evenkeel.core.action.ActionOutcome.Status;
import io.evenkeel.core.action.ActionRequest;
import io.evenkeel.core.decision.Intent;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Requests of one group of processes, each for an instance of its own. */
final class SharedRequests implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private final ProcessWorld world;
    private final ActionWorld topics;
    private final String first;
    private final List<ActionRequest> requests;

    /** @param name what its instances' groups are called, with a number behind */
    SharedRequests(ProcessWorld world, String name, int count) throws Exception {
        this.world = world;
        this.topics = world.topics();
        this.first = name + "-0";
        var groups = IntStream.range(0, count).mapToObj(i -> name + "-" + i).toList();
        world.makeGroups(groups, 1);
        this.requests = groups.stream().map(group -> world.replacement("r-" + group, group, 0)).toList();
    }

    List<ActionWorld> worlds() {
        return List.of(topics);
    }

    void ask(int from, int until) throws Exception {
        for (var request : requests.subList(from, until)) {
            topics.request(request);
        }
    }

    /**
     * The process is to stop right before it writes the first request's end. It writes no other end and no claim meanwhile: who
     * asks for it to claim something then sees it leave its group.
     */
    void orderHold(String process) throws IOException {
        Files.createFile(world.steps(process).resolve(KafkaStep.END_HANDED_OVER.order(first)));
    }

    void letGo(String process) throws IOException {
        Files.delete(world.steps(process).resolve(KafkaStep.END_HANDED_OVER.order(first)));
    }

    /** Returns when so many of the requests are claimed. */
    void awaitClaims(int count) {
        await().atMost(LIMIT).pollInterval(LOOK_EVERY).untilAsserted(() -> assertThat(topics.outcomes().stream()
                .filter(outcome -> outcome.status() == Status.STARTED).map(outcome -> outcome.request().id())
                .distinct()).hasSizeGreaterThanOrEqualTo(count));
    }

    /** Returns when it stands there: what it has claimed by then has no end yet, or has one. */
    void awaitHeld(String process) {
        await().atMost(LIMIT).untilAsserted(
                () -> assertThat(world.steps(process).resolve(KafkaStep.END_HANDED_OVER.reached(first))).exists());
    }

    private long calls() {
        return requests.stream().mapToLong(request -> world.calls(request).size()).sum();
    }

    /** Returns when so many of the requests were called for. */
    void awaitCalls(int count) {
        await().atMost(LIMIT).pollInterval(LOOK_EVERY).until(() -> calls() >= count);
    }

    /** @return when the broker had it */
    Instant holdAll() throws Exception {
        var now = Instant.now();
        world.parts().send(topics.topics.intents(), new Intent(Intent.Kind.HOLD, ActionProcess.PRIMARY.value(), "test",
                "stop", now, now.plusSeconds(600)));
        return Instant.now();
    }

    /** Each has an end, none was called for a second after the hold, and the hold is what stopped some. */
    void assertHeldSince(Instant held, String title) {
        awaitEnds(requests.size(), requests.size());
        var late = requests.stream().flatMap(request -> world.calls(request).stream())
                .filter(call -> call.time().isAfter(held)).map(call -> Duration.between(held, call.time())).sorted()
                .toList();
        var ends = topics.outcomes().stream().filter(outcome -> outcome.status().isEnd()).toList();
        var refused = ends.stream().filter(end -> end.status() == Status.REFUSED).toList();
        System.out.printf("%n%s: %d requests, %d calls, %d of them after the hold, the last one %d ms; ends %s%n",
                title,
                requests.size(), calls(), late.size(), late.isEmpty() ? 0 : late.getLast().toMillis(),
                ends.stream().collect(Collectors.groupingBy(ActionOutcome::status, Collectors.counting())));
        assertThat(late).allSatisfy(after -> assertThat(after).isLessThan(Duration.ofSeconds(1)));
        assertThat(refused).isNotEmpty()
                .allSatisfy(end -> assertThat(end.detail()).startsWith("hold: by test on primary"));
    }

    /** Returns when so many processes have partitions. */
    void awaitMembers(int count) throws Exception {
        try (var admin = admin()) {
            // Before the first of them joins there is no group.
            await().atMost(LIMIT).pollInterval(LOOK_EVERY).ignoreExceptionsInstanceOf(ExecutionException.class)
                    .untilAsserted(() -> assertThat(
                            admin.describeConsumerGroups(List.of(group())).all().get().values().stream()
                                    .flatMap(found -> found.members().stream()))
                            .hasSize(count).allSatisfy(
                                    member -> assertThat(member.assignment().topicPartitions()).isNotEmpty()));
        }
    }

    /** @param among so many of the requests */
    void awaitEnds(int count, int among) {
        var ids = requests.subList(0, among).stream().map(ActionRequest::id).collect(Collectors.toSet());
        await().atMost(LIMIT).pollInterval(LOOK_EVERY).untilAsserted(() -> assertThat(topics.outcomes().stream()
                .filter(outcome -> outcome.status().isEnd()).map(outcome -> outcome.request().id())
                .filter(ids::contains).distinct().count()).isGreaterThanOrEqualTo(count));
    }

    void assertOneEffectAndOneEndEach(String title) {
        requests.forEach(world::awaitOneEffect);
        var outcomes = topics.outcomes();
        var ends = outcomes.stream().filter(outcome -> outcome.status().isEnd())
                .collect(Collectors.groupingBy(outcome -> outcome.request().id()));
        System.out.printf("%n%s: %d requests, %d claims, %d calls, %d effects, ends %s%n", title, requests.size(),
                outcomes.size() - ends.values().stream().mapToInt(List::size).sum(), calls(),
                requests.stream().mapToLong(world::effects).sum(), ends.values().stream().flatMap(List::stream)
                        .collect(Collectors.groupingBy(ActionOutcome::status, Collectors.counting())));
        assertThat(ends).hasSize(requests.size()).allSatisfy((_, of) -> assertThat(of).singleElement()
                .satisfies(end -> assertThat(end.status()).isIn(Status.SUCCEEDED, Status.ALREADY_DONE)));
    }

    /** Nobody may be a member. */
    void rewind() throws Exception {
        try (var admin = admin()) {
            var start = partitions().stream()
                    .collect(Collectors.toMap(partition -> partition, _ -> new OffsetAndMetadata(0)));
            await().atMost(LIMIT).ignoreExceptionsInstanceOf(ExecutionException.class).until(
                    () -> admin.alterConsumerGroupOffsets(group(), start).all().get() == null);
        }
    }

    /** Starts a process, returns when it has passed all requests, and fails if anything came of them. */
    void assertNothingComesOfReadingThemAgain(String process) throws Exception {
        var outcomes = topics.outcomes();
        long calls = calls();
        world.process(process, worlds());
        try (var admin = admin()) {
            var ends = admin.listOffsets(partitions().stream()
                    .collect(Collectors.toMap(partition -> partition, _ -> OffsetSpec.latest()))).all().get();
            var passed = ends.entrySet().stream().filter(end -> end.getValue().offset() > 0)
                    .collect(Collectors.toMap(Map.Entry::getKey, end -> end.getValue().offset()));
            await().atMost(LIMIT).pollInterval(LOOK_EVERY)
                    .untilAsserted(() -> assertThat(committed(admin)).containsAllEntriesOf(passed));
        }
        assertThat(topics.outcomes()).isEqualTo(outcomes);
        assertThat(calls()).isEqualTo(calls);
    }

    private Map<TopicPartition, Long> committed(Admin admin) throws Exception {
        return admin.listConsumerGroupOffsets(group()).partitionsToOffsetAndMetadata().get().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().offset()));
    }

    private List<TopicPartition> partitions() {
        var topic = topics.topics.actionRequests();
        return IntStream.range(0, topic.partitions()).mapToObj(i -> new TopicPartition(topic.name(), i)).toList();
    }

    private String group() {
        return topics.topics.prefix() + "actions";
    }

    private Admin admin() {
        return Admin.create(world.parts().kafka().admin("test"));
    }

    @Override
    public void close() {
        topics.close();
    }
}
