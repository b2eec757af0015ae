package io.evenkeel.core.notification;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.core.alert.Alert.Severity;
import io.evenkeel.core.alert.AlertName;
import io.evenkeel.core.notification.Notification.Kind;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever happens in whatever order: an incident's sequences have no gap and end with RESOLVED, nothing that is kept back
 * is told, all that fires is told once nothing keeps it back, and nothing stays behind.
 */
class NotificationHistoryTest {

    private static final List<String> SUBJECTS = List.of("primary", "primary/d1", "primary/d2", "primary/m3",
            "standby/d1", "standby", "*/zone/z1", "*/brake");

    private static NotificationPolicy policy() {
        var pages = new Route("route.routes[0]", List.of(Matcher.parse("severity=page")), Optional.empty(),
                List.of("pager"), List.of("cluster"), Route.Pace.DEFAULT,
                List.of(new Route.Step(Duration.ofMinutes(1), List.of("boss"))), true, List.of());
        var primary = NotificationWorld.route("route.routes[1]", List.of("team"), List.of(), "cluster=primary");
        return NotificationWorld.policy(NotificationWorld.route("route", List.of("chat"), List.of(pages, primary)));
    }

    private final NotificationWorld world = new NotificationWorld(policy());

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void holdsInHistoriesOfAllKinds(long seed) {
        var random = new Random(seed);
        for (int step = 0; step < 3_000; step++) {
            int before = world.told.size();
            happen(random);
            assertNothingKeptBackIsTold(before);
        }
        List.of("*", "primary", "primary/d1", "name=NodeDown").forEach(world::release);
        world.pass(Duration.ofMinutes(2));
        assertAllIsTold();
        SUBJECTS.forEach(world::ends);
        world.pass(Duration.ofMinutes(2));
        assertThat(world.state).isEqualTo(NotificationState.empty());
        assertEachIncidentIsWhole();
    }

    private void happen(Random random) {
        String subject = SUBJECTS.get(random.nextInt(SUBJECTS.size()));
        switch (random.nextInt(12)) {
            case 0 -> world.silence(List.of("*", "primary", "primary/d1", "name=NodeDown").get(random.nextInt(4)),
                    Duration.ofSeconds(1 + random.nextInt(60)));
            case 1 -> world.release(List.of("*", "primary", "primary/d1", "name=NodeDown").get(random.nextInt(4)));
            case 2 -> world.acknowledge(subject + "@" + (1 + random.nextInt(50)));
            case 3, 4, 5 -> world.pass(Duration.ofSeconds(random.nextInt(20)));
            case 6, 7, 8 -> world.ends(subject);
            default -> world.fires(name(subject, random), subject,
                    random.nextBoolean() ? Severity.PAGE : Severity.WARN);
        }
    }

    private static AlertName name(String subject, Random random) {
        if (subject.startsWith("*/zone")) {
            return AlertName.ZONE_IMPAIRED;
        }
        if (subject.equals("*/brake")) {
            return AlertName.BRAKE_TRIPPED;
        }
        if (subject.contains("/")) {
            return random.nextBoolean() ? AlertName.NODE_DOWN : AlertName.NODE_UNKNOWN;
        }
        return List.of(AlertName.CLUSTER_FAILED, AlertName.CLUSTER_DEGRADED, AlertName.CLUSTER_UNKNOWN)
                .get(random.nextInt(3));
    }

    private void assertNothingKeptBackIsTold(int before) {
        // Within one step the clock goes on and silences end, so only what was told last can be looked at now.
        if (world.told.size() > before && world.told.getLast().at().equals(world.now)) {
            var mutes = new Mutes(policy(), world.state.alerts().values(), world.state.silences().values(),
                    world.now);
            assertThat(world.told.getLast().alerts()).filteredOn(Mutes::isFiring).noneMatch(mutes::keepBack);
        }
    }

    private void assertAllIsTold() {
        var mutes = new Mutes(policy(), world.state.alerts().values(), world.state.silences().values(),
                world.now);
        assertThat(world.state.alerts().values()).filteredOn(alert -> !mutes.keepBack(alert))
                .allSatisfy(alert -> assertThat(world.state.groups().values())
                        .anyMatch(group -> group.members().getOrDefault(alert.key(), 0) == alert.sequence()));
        assertThat(SUBJECTS.stream().filter(world::fires).count()).isEqualTo(world.state.alerts().size());
    }

    private void assertEachIncidentIsWhole() {
        var last = new HashMap<String, Notification>();
        assertThat(world.told).hasSizeGreaterThan(100);
        for (var next : world.told) {
            var before = last.put(next.incident(), next);
            String what = next.id() + " " + next.kind() + " after " + (before == null ? "nothing" : before.kind());
            assertThat(next.sequence()).as(what).isEqualTo(before == null ? 1 : before.sequence() + 1);
            assertThat(before == null).as(what).isEqualTo(next.kind() == Kind.FIRING);
            assertThat(before == null || before.kind() != Kind.RESOLVED).as(what).isTrue();
        }
        assertThat(last.values()).extracting(Notification::kind).containsOnly(Kind.RESOLVED);
    }
}
