package io.evenkeel.channels.delivery;

import io.evenkeel.channels.Channel;
import io.evenkeel.events.Topics;
import io.evenkeel.events.kafka.KafkaClients;
import io.evenkeel.events.kafka.KafkaSettings;
import io.evenkeel.events.kafka.Loop;
import io.evenkeel.events.serde.EventSerdes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Delivers notifications: for each channel a thread and a consumer group (topic prefix, {@code channel-} and its name), so
 * that a stuck one stops only itself. At least once: receipt, then offset; a process that dies between sending and that
 * has one notification repeated for each channel. Several processes stand by for each other.
 */
public final class Deliverer implements AutoCloseable {

    private final List<Loop> loops = new ArrayList<>();
    private final List<Channel> adapters = new ArrayList<>();

    /**
     * A channel to deliver over.
     *
     * @param adapter makes one for a thread of its own: for the channel's, and for that of each which it takes over from
     */
    public record Line(Terms terms, Supplier<Channel> adapter) {}

    /**
     * Nothing is read before {@link #start}; serdes stay the caller's to close.
     *
     * @param lines by name of the channel
     * @param longestCall how long an adapter's call may take; {@link #close} waits for one
     * @throws IllegalArgumentException when a failover names no channel here, or comes back to where it began
     */
    public Deliverer(KafkaSettings kafka, Topics topics, EventSerdes serdes, Map<String, Line> lines,
            Duration longestCall) {
        var clients = new KafkaClients(kafka, "evenkeel-channels");
        var sorted = new TreeMap<>(lines);
        for (var name : sorted.keySet()) {
            var paths = chain(name, sorted).stream()
                    .map(each -> new DeliveryLoop.Adapter(each, line(each, sorted).terms(), fresh(each, sorted)))
                    .toList();
            // Poison is read by every channel: one of them puts it aside.
            var parts = new DeliveryLoop.Parts(name, clients, topics, serdes, paths, name.equals(sorted.firstKey()));
            loops.add(new Loop("channel-" + name, () -> new DeliveryLoop(parts), longestCall));
        }
    }

    private Channel fresh(String name, SortedMap<String, Line> lines) {
        var adapter = line(name, lines).adapter().get();
        adapters.add(adapter);
        return adapter;
    }

    private static List<String> chain(String name, SortedMap<String, Line> lines) {
        var chain = new ArrayList<String>();
        var next = Optional.of(name);
        while (next.isPresent()) {
            if (chain.contains(next.get())) {
                throw new IllegalArgumentException("failover of channel " + name + " comes back to " + next.get());
            }
            chain.add(next.get());
            next = line(next.get(), lines).terms().failover();
        }
        return chain;
    }

    private static Line line(String name, SortedMap<String, Line> lines) {
        var line = lines.get(name);
        if (line == null) {
            throw new IllegalArgumentException("no channel is called " + name);
        }
        return line;
    }

    public void start() {
        loops.forEach(Loop::start);
    }

    /** Ends within 15 s and the longest call; what is not committed is delivered by whoever is next. */
    @Override
    public void close() {
        loops.forEach(Loop::stop);
        loops.forEach(Loop::close);
        adapters.forEach(Channel::close);
    }
}
