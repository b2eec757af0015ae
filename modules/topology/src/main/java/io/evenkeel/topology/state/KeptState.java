package io.evenkeel.topology.state;

import java.util.SortedMap;
import java.util.function.BiConsumer;
import org.apache.kafka.streams.state.KeyValueStore;

/** Where kept state is read from: a store, or what its changelog says. */
@FunctionalInterface
public interface KeptState {

    /** Tells each entry whose key lies between the two, in order. */
    void forEach(String from, String to, BiConsumer<String, byte[]> entry);

    static KeptState in(KeyValueStore<String, byte[]> store) {
        return (from, to, entry) -> {
            try (var entries = store.range(from, to)) {
                entries.forEachRemaining(kept -> entry.accept(kept.key, kept.value));
            }
        };
    }

    /** @param entries the newest value of each key */
    static KeptState in(SortedMap<String, byte[]> entries) {
        return (from, to, entry) -> entries.subMap(from, to).forEach(entry);
    }
}
