package io.evenkeel.topology.health;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which clusters a tick must touch: ordered by deadline, so that a tick costs only what is due. Not thread-safe. */
final class DueClusters {

    private final TreeMap<Instant, TreeSet<String>> byDeadline = new TreeMap<>();
    private final Map<String, Instant> deadlines = new HashMap<>();

    void clear() {
        byDeadline.clear();
        deadlines.clear();
    }

    /** Keeps an earlier deadline that is there already: checking early is a waste, checking late is an error. */
    void atLatest(String cluster, Instant deadline) {
        var known = deadlines.get(cluster);
        if (known != null && !deadline.isBefore(known)) {
            return;
        }
        if (known != null) {
            remove(known, cluster);
        }
        deadlines.put(cluster, deadline);
        byDeadline.computeIfAbsent(deadline, _ -> new TreeSet<>()).add(cluster);
    }

    /** Takes out all that are due; each must be given a new deadline. */
    List<String> due(Instant now) {
        var due = new ArrayList<String>();
        while (!byDeadline.isEmpty() && !byDeadline.firstKey().isAfter(now)) {
            due.addAll(byDeadline.pollFirstEntry().getValue());
        }
        due.forEach(deadlines::remove);
        return due;
    }

    private void remove(Instant deadline, String cluster) {
        var clusters = byDeadline.get(deadline);
        if (clusters != null && clusters.remove(cluster) && clusters.isEmpty()) {
            byDeadline.remove(deadline);
        }
    }
}
