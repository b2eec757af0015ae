package io.evenkeel.topology.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Counters of one name, told apart by one label whose values strangers choose: the first {@value #NAMES} have one each,
 * all later ones share {@value #OTHER}, so that nobody can fill our memory and Prometheus' with names.
 */
final class BoundedCounters {

    static final int NAMES = 100;
    static final String OTHER = "other";
    /** Prometheus takes an empty label value for no label. */
    static final String UNNAMED = "unnamed";
    private static final int LONGEST = 128;

    private final Map<String, Counter> counters = new ConcurrentHashMap<>();
    private final Function<String, Counter> register;
    private final Counter other;

    BoundedCounters(MeterRegistry registry, String name, String label, String description) {
        register = value -> Counter.builder(name).description(description).tag(label, value).register(registry);
        other = register.apply(OTHER);
    }

    void count(String name) {
        String value = name.isEmpty() ? UNNAMED : name.substring(0, Math.min(name.length(), LONGEST));
        var known = counters.get(value);
        (known == null ? added(value) : known).increment();
    }

    /** Synchronized: two threads with a new name each must not pass the limit together. */
    private synchronized Counter added(String value) {
        return counters.size() < NAMES || counters.containsKey(value)
                ? counters.computeIfAbsent(value, register)
                : other;
    }
}
