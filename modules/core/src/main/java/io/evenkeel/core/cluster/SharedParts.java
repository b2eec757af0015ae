package io.evenkeel.core.cluster;

import java.util.HashMap;
import java.util.Map;

/**
 * What many nodes have in common (zones, roles, vantages, agents), each kept once instead of once a node. For values that
 * never change. Not thread-safe.
 */
public final class SharedParts {

    /** Far above the kinds of nodes and runs of agents that live at a time; starting over only costs some sharing. */
    private static final int MOST = 50_000;

    private final Map<Object, Object> parts = new HashMap<>();

    /** The one that is equal to it and was seen first. */
    @SuppressWarnings("unchecked") // Values that are equal are of one type (texts, records, lists of these), or empty lists.
    public <T> T same(T part) {
        if (parts.size() >= MOST) {
            parts.clear();
        }
        var known = parts.putIfAbsent(part, part);
        return known == null ? part : (T) known;
    }
}
