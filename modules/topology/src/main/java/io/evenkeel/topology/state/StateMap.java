package io.evenkeel.topology.state;

import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * One map of a pure state, kept in a store under a prefix: read once when the task starts, then only differences are
 * written. A value that is the same object is not written again.
 *
 * @param prefix of its keys in the store, with a trailing slash
 */
public record StateMap<V>(String prefix, Class<V> type) {

    /** All that the store has of it. */
    public SortedMap<String, V> load(KeyValueStore<String, byte[]> store) {
        var map = new TreeMap<String, V>();
        try (var entries = store.range(prefix, prefix + Character.MAX_VALUE)) {
            entries.forEachRemaining(entry -> map.put(entry.key.substring(prefix.length()),
                    StateJson.read(type, entry.value)));
        }
        return map;
    }

    /** Writes what differs between the two. */
    public void save(KeyValueStore<String, byte[]> store, SortedMap<String, V> before, SortedMap<String, V> after) {
        if (isSame(before, after)) {
            return;
        }
        after.forEach((key, value) -> {
            if (!isSame(before.get(key), value)) {
                store.put(prefix + key, StateJson.written(value));
            }
        });
        before.keySet().stream().filter(key -> !after.containsKey(key)).forEach(key -> store.delete(prefix + key));
    }

    @SuppressWarnings("ReferenceEquality") // The point: an unchanged part is the same object.
    private static boolean isSame(@org.jspecify.annotations.Nullable Object before, Object after) {
        return before == after;
    }
}
