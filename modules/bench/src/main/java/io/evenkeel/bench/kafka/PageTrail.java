package io.evenkeel.bench.kafka;

import io.evenkeel.core.health.ClusterTransition;
import io.evenkeel.core.notification.Notification;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** When a failed cluster could be read on the topics between its transition and the webhook. */
final class PageTrail implements AutoCloseable {

    private final Map<String, Long> ordered = new ConcurrentHashMap<>();
    private final Map<String, Long> notified = new ConcurrentHashMap<>();
    private final EventReader inputs;
    private final EventReader notifications;

    PageTrail(KafkaWorld world) {
        inputs = new EventReader(world, KafkaWorld.TOPICS.decisionInputs(), this::ordered);
        notifications = new EventReader(world, KafkaWorld.TOPICS.notifications(), this::notified);
    }

    private void ordered(Object event, long nanos) {
        if (event instanceof ClusterTransition transition) {
            ordered.putIfAbsent(transition.cluster().value(), nanos);
        }
    }

    private void notified(Object event, long nanos) {
        if (event instanceof Notification notification) {
            notification.alerts().forEach(alert -> notified.putIfAbsent(alert.subject(), nanos));
        }
    }

    /** When its transition stood in the one order of DECISION's inputs, by {@link System#nanoTime}. */
    Optional<Long> orderedAt(String cluster) {
        return Optional.ofNullable(ordered.get(cluster));
    }

    /** When ALERT's notification of it could be read, by {@link System#nanoTime}. */
    Optional<Long> notifiedAt(String cluster) {
        return Optional.ofNullable(notified.get(cluster));
    }

    @Override
    public void close() {
        inputs.close();
        notifications.close();
    }
}
