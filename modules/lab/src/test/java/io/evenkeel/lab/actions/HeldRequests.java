package io.evenkeel.lab.actions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.core.action.ActionRequest;
import io.evenkeel.lab.aws.HeldCalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** One request for each {@link HeldStep}, all held at their steps in one process. */
final class HeldRequests implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private final ProcessWorld world;
    private final Path orders;
    private final Map<HeldStep, ActionRequest> requests = new EnumMap<>(HeldStep.class);
    private final Map<HeldStep, ActionWorld> topics = new EnumMap<>(HeldStep.class);
    private final Map<HeldStep, HeldCalls> calls = new EnumMap<>(HeldStep.class);

    /** @param process the name under which the process to be held will be started */
    HeldRequests(ProcessWorld world, String process) throws Exception {
        this.world = world;
        this.orders = world.steps(process);
        var shared = world.topics();
        for (var step : HeldStep.values()) {
            topics.put(step, step.isAlone() ? world.topics() : shared);
        }
        world.makeGroups(Stream.of(HeldStep.values()).filter(step -> !step.isFailover() && step != HeldStep.WAITING)
                .map(step -> thing(process, step)).toList(), 2);
        for (var step : HeldStep.values()) {
            requests.put(step, request(process, step));
        }
    }

    private ActionRequest request(String process, HeldStep step) {
        var id = process + "-" + step.name().toLowerCase(Locale.ROOT).replace('_', '-');
        if (step.isFailover()) {
            world.makeService(thing(process, step));
            return ProcessWorld.failover(id, thing(process, step), 1);
        }
        return step == HeldStep.WAITING
                ? world.replacement(id, thing(process, HeldStep.CLAIMED), 1)
                : world.replacement(id, thing(process, step), 0);
    }

    /** Group or service: names that differ from step to step are in different serial orders. */
    private static String thing(String process, HeldStep step) {
        return process + "-" + step;
    }

    Collection<ActionWorld> worlds() {
        return new LinkedHashSet<>(topics.values());
    }

    /** Asks for all of it; returns when each request is held at its step. */
    void drive() throws Exception {
        ask(HeldStep.ENDED);
        awaitStatuses(HeldStep.ENDED);
        for (var step : HeldStep.values()) {
            if (step != HeldStep.ENDED) {
                holdAndAsk(step);
            }
        }
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(10)).untilAsserted(() -> {
            assertThat(calls).allSatisfy((step, held) -> assertThat(held.arrived()).as(step.words).isPositive());
            for (var step : HeldStep.values()) {
                step.kafka.ifPresent(kafka -> assertThat(orders.resolve(kafka.reached(key(step)))).exists());
            }
        });
    }

    private void holdAndAsk(HeldStep step) throws Exception {
        step.moment.ifPresent(moment -> calls.put(step, world.hold(request(step), step.action, moment)));
        if (step.kafka.isPresent()) {
            Files.createFile(orders.resolve(step.kafka.get().order(key(step))));
        }
        ask(step);
    }

    private void ask(HeldStep step) throws Exception {
        of(topics, step).request(request(step));
    }

    /** The calls of whoever takes over are not held. What never arrives is lost now. */
    void holdNoMore() {
        calls.values().forEach(HeldCalls::takeNoMore);
        of(calls, HeldStep.CALL_LOST).drop();
    }

    void awaitEnds() {
        for (var step : HeldStep.values()) {
            awaitStatuses(step);
        }
    }

    private void awaitStatuses(HeldStep step) {
        await().atMost(LIMIT).pollInterval(LOOK_EVERY).untilAsserted(() -> assertIsAsItMustBe(step));
    }

    private void assertIsAsItMustBe(HeldStep step) {
        assertThat(of(topics, step).statuses(request(step).id())).as(step.words).isEqualTo(step.statuses());
    }

    /** What was sent before goes its way, as late as this. */
    void letGo() throws IOException {
        calls.values().forEach(HeldCalls::letGo);
        for (var step : HeldStep.values()) {
            if (step.kafka.isPresent()) {
                Files.delete(orders.resolve(step.kafka.get().order(key(step))));
            }
        }
        await().atMost(LIMIT).untilAsserted(() -> assertThat(calls).allSatisfy((step, held) -> {
            if (step != HeldStep.CLAIMED) {
                assertThat(world.calls(request(step))).as("answered: " + step.words)
                        .hasSizeGreaterThanOrEqualTo(held.arrived() + (step.isCalledAgain() ? 1 : 0));
            }
        }));
    }

    /** One more request behind each: it is done only after the process at hand is done with the one before. */
    void askBehindEach() throws Exception {
        for (var step : HeldStep.values()) {
            of(topics, step).request(behind(request(step)));
        }
        for (var step : HeldStep.values()) {
            await().atMost(LIMIT).pollInterval(LOOK_EVERY).untilAsserted(
                    () -> assertThat(of(topics, step).statuses(behind(request(step)).id())).as(step.words).hasSize(2));
        }
    }

    private static ActionRequest behind(ActionRequest first) {
        return new ActionRequest("behind-" + first.id(), first.incident(), first.command(), first.issuedAt(),
                first.expiresAt(), first.transitionVersion(), first.policyRevision(), first.reason());
    }

    /** The claim of the whole test. Prints what was seen. */
    void assertOneEffectAndOneEndEach(String title) {
        var rows = new ArrayList<List<Object>>();
        for (var step : HeldStep.values()) {
            world.awaitOneEffect(request(step));
            var answers = world.calls(request(step));
            rows.add(List.of(step.words, answers.size(),
                    answers.stream().filter(call -> call.status() == 200).count(), world.effects(request(step)),
                    of(topics, step).statuses(request(step).id())));
        }
        System.out.printf("%n%-48s calls  accepted  effects  outcomes%n", title);
        rows.forEach(row -> System.out.printf("%-48s %5s %9s %8s  %s%n", row.toArray()));
        for (var step : HeldStep.values()) {
            assertIsAsItMustBe(step);
        }
    }

    private ActionRequest request(HeldStep step) {
        return of(requests, step);
    }

    private String key(HeldStep step) {
        return request(step).serialKey();
    }

    private static <T> T of(Map<HeldStep, T> map, HeldStep step) {
        var value = map.get(step);
        if (value == null) {
            throw new IllegalStateException("nothing for " + step);
        }
        return value;
    }

    @Override
    public void close() {
        worlds().forEach(ActionWorld::close);
    }
}
