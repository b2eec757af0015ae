package io.evenkeel.core.decision;

import java.util.SortedMap;
import java.util.TreeMap;

/** The next of an immutable sorted map. */
public final class Sorted {

    private Sorted() {}

    public static <K extends Comparable<K>, V> SortedMap<K, V> put(SortedMap<K, V> map, K key, V value) {
        var next = new TreeMap<>(map);
        next.put(key, value);
        return next;
    }

    public static <V> SortedMap<String, V> without(SortedMap<String, V> map, String key) {
        if (!map.containsKey(key)) {
            return map;
        }
        var next = new TreeMap<>(map);
        next.remove(key);
        return next;
    }
}
