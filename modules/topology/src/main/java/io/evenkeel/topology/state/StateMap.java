package io.evenkeel.topology.state;

import java.util.Iterator;
import java.util.Map.Entry;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * One map of a pure state, kept in a store under a prefix: read once when the task starts, then only differences are
 * written. A value that is the same object is not written again.
 *
 * @param prefix of its keys in the store, with a trailing slash
 */
public record StateMap<V>(String prefix, Class<V> type) {

    /** All that the store has of it. */
    public SortedMap<String, V> load(KeyValueStore<String, byte[]> store) {
        return load(KeptState.in(store));
    }

    /** All that is kept of it. */
    public SortedMap<String, V> load(KeptState kept) {
        var map = new TreeMap<String, V>();
        kept.forEach(prefix, prefix + Character.MAX_VALUE,
                (key, value) -> map.put(key.substring(prefix.length()), StateJson.read(type, value)));
        return map;
    }

    /** Writes what differs between the two. */
    public void save(KeyValueStore<String, byte[]> store, SortedMap<String, V> before, SortedMap<String, V> after) {
        if (isSame(before, after)) {
            return;
        }
        changes(before, after, (key, value) -> {
            if (value == null) {
                store.delete(prefix + key);
            } else {
                store.put(prefix + key, StateJson.written(value));
            }
        });
    }

    /** Side by side, as both are in order: a storm has thousands of entries, and each input changes one. */
    static <V> void changes(SortedMap<String, V> before, SortedMap<String, V> after,
            BiConsumer<String, @Nullable V> changed) {
        var left = before.entrySet().iterator();
        var old = nextOf(left);
        for (var entry : after.entrySet()) {
            for (; old != null && compare(old, entry) < 0; old = nextOf(left)) {
                changed.accept(old.getKey(), null);
            }
            boolean known = old != null && compare(old, entry) == 0;
            if (old == null || !known || !isSame(old.getValue(), entry.getValue())) {
                changed.accept(entry.getKey(), entry.getValue());
            }
            old = known ? nextOf(left) : old;
        }
        for (; old != null; old = nextOf(left)) {
            changed.accept(old.getKey(), null);
        }
    }

    private static <V> @Nullable Entry<String, V> nextOf(Iterator<Entry<String, V>> entries) {
        return entries.hasNext() ? entries.next() : null;
    }

    private static int compare(Entry<String, ?> left, Entry<String, ?> right) {
        return isSame(left.getKey(), right.getKey()) ? 0 : left.getKey().compareTo(right.getKey());
    }

    @SuppressWarnings("ReferenceEquality") // The point: an unchanged part is the same object.
    private static boolean isSame(@Nullable Object before, Object after) {
        return before == after;
    }
}
