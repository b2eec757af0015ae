package io.evenkeel.dashboard.api;

import io.evenkeel.core.alert.Alert.Severity;
import io.evenkeel.core.alert.Alert.Status;
import io.evenkeel.core.alert.Alert;
import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.decision.Intent;
import io.evenkeel.core.decision.Order;
import io.evenkeel.core.notification.NotificationPolicy;
import io.evenkeel.dashboard.model.Picture;
import io.evenkeel.events.kafka.OrderBook;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Ports in memory: what fires, what is silenced, what was said, and a Kafka that can be away. */
final class World implements Picture, OrderBook {

    static final Instant NOW = Instant.parse("2026-11-22T10:00:00.250Z");

    final List<Alert> firing = Collections.synchronizedList(new ArrayList<>());
    final Map<String, Intent> silences = new ConcurrentHashMap<>();
    final List<Order> given = Collections.synchronizedList(new ArrayList<>());
    volatile boolean caughtUp = true;
    volatile Optional<RuntimeException> failure = Optional.empty();
    volatile Incidents.Found found = new Incidents.Found.Unknown("nobody was told of it");

    ApiPorts ports() {
        return new ApiPorts(this, _ -> found, this, NotificationPolicy.nobody(),
                List.of(new ClusterId("primary"), new ClusterId("standby")), () -> NOW);
    }

    static Alert alert(String name, String subject, Severity severity) {
        return new Alert(subject + "@1", 1, Status.FIRING, severity, subject,
                new TreeMap<>(Map.of("name", name, "cluster", subject.split("/", -1)[0])), subject + ": " + name,
                List.of("a line"), NOW.minusSeconds(60), NOW);
    }

    void silenced(String subject, Instant until) {
        var silence = new Intent(Intent.Kind.SILENCE, subject, "bob", "known disk", NOW.minusSeconds(1), until);
        silences.put(silence.key(), silence);
    }

    @Override
    public Optional<Seen> now() {
        return caughtUp ? Optional.of(new Seen(firing, List.copyOf(silences.values()))) : Optional.empty();
    }

    private void checkKafka() {
        failure.ifPresent(away -> {
            throw away;
        });
    }

    @Override
    public void set(Intent intent) {
        checkKafka();
        silences.put(intent.key(), intent);
    }

    @Override
    public void release(String key) {
        checkKafka();
        silences.remove(key);
    }

    @Override
    public void give(Order order) {
        checkKafka();
        given.add(order);
    }
}
