package io.evenkeel.topology.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;

/**
 * Counters that all topologies of a process share; from any thread. They count tries: what a transaction undoes and a
 * later one does again is counted twice.
 */
public final class TopologyMeters {

    private final MeterRegistry registry;
    private final BoundedCounters rerouted;
    private final HealthMeters health;

    /** Registers the meters, at most once for each registry. */
    public TopologyMeters(MeterRegistry registry) {
        this.registry = registry;
        rerouted = new BoundedCounters(registry, "evenkeel.topology.rerouted.results", "publisher",
                "Probe results in another cluster's partition, sent on to the right one: their publisher does not use murmur2");
        health = new HealthMeters(registry);
    }

    /** Meters that nobody reads. */
    public static TopologyMeters unread() {
        return new TopologyMeters(new CompositeMeterRegistry());
    }

    /** @param publisher the agent that the result names; the first 100 are told apart */
    public void rerouted(String publisher) {
        rerouted.count(publisher);
    }

    /**
     * @param topic where the record was read
     * @param reason a name of {@code UndecodableEventException.Reason}, or {@code RULE_ERROR}
     */
    public void deadLetter(String topic, String reason) {
        Counter.builder("evenkeel.topology.dead.letters")
                .description("Records that went to the dead letters, by the topic they were read from")
                .tag("topic", topic).tag("reason", reason).register(registry).increment();
    }

    /** @param reason {@code REPEATED}, or {@code EARLY}: one before it is missing, so both are copied again */
    public void copyPassedOver(String reason) {
        Counter.builder("evenkeel.topology.copies.passed.over")
                .description("Copies in decision-inputs that were there already, or that come again")
                .tag("reason", reason).register(registry).increment();
    }

    public HealthMeters health() {
        return health;
    }
}
