package io.evenkeel.probe.facts;

import com.fasterxml.jackson.databind.JsonNode;
import io.evenkeel.core.facts.ClusterFacts.NodeDisk;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;

/** Space up to the high watermark, as each data node itself says; an Elasticsearch too old for that by the defaults. */
final class DiskFacts {

    /** Default of {@code cluster.routing.allocation.disk.watermark.high}. */
    private static final double HIGH = 0.90;

    /** Default of {@code cluster.routing.allocation.disk.watermark.high.max_headroom}. */
    private static final long MAX_HEADROOM_BYTES = 150L << 30;

    private DiskFacts() {}

    /** @param within after which the node that is asked leaves out those that hang */
    static String question(Duration within) {
        return "/_nodes/stats/fs?filter_path=nodes.*.name,nodes.*.roles,nodes.*.fs.data&timeout="
                + Math.max(1, within.toMillis() / 2) + "ms";
    }

    static SortedMap<String, NodeDisk> of(JsonNode answer) {
        var disks = new TreeMap<String, NodeDisk>();
        for (var node : answer.path("nodes")) {
            if (holdsData(node.path("roles"))) {
                long used = 0;
                long room = 0;
                for (var path : node.path("fs").path("data")) {
                    long total = path.path("total_in_bytes").asLong();
                    long available = path.path("available_in_bytes").asLong();
                    long usual = Math.min(MAX_HEADROOM_BYTES, Math.round(total * (1 - HIGH)));
                    used += Math.max(0, total - available);
                    room += Math.max(0, available - path.path("high_watermark_free_space_in_bytes").asLong(usual));
                }
                disks.put(node.path("name").asText(), new NodeDisk(used, room));
            }
        }
        return disks;
    }

    private static boolean holdsData(JsonNode roles) {
        for (var role : roles) {
            if (role.asText().equals("data") || role.asText().startsWith("data_")) {
                return true;
            }
        }
        return false;
    }
}
