package io.evenkeel.bench.kafka;

import io.evenkeel.core.health.NodeTransition;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** What node-transitions says, as it comes. Thread-safe. */
final class Transitions implements AutoCloseable {

    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final EventReader reader;

    /**
     * A transition.
     *
     * @param nanos when it could be read, by {@link System#nanoTime}
     */
    record Seen(NodeTransition transition, long nanos) {}

    Transitions(KafkaWorld world) {
        reader = new EventReader(world, KafkaWorld.TOPICS.nodeTransitions(), (event, nanos) -> {
            if (event instanceof NodeTransition transition) {
                seen.add(new Seen(transition, nanos));
            }
        });
    }

    /** All of a node so far, in order. */
    List<NodeTransition> of(String node) {
        return seen.stream().map(Seen::transition).filter(transition -> transition.node().name().equals(node)).toList();
    }

    /** The first of a node that is so. */
    Optional<Seen> first(String node, Predicate<NodeTransition> wanted) {
        return seen.stream().filter(
                candidate -> candidate.transition().node().name().equals(node) && wanted.test(candidate.transition()))
                .findFirst();
    }

    @Override
    public void close() {
        reader.close();
    }
}
