package io.evenkeel.lab.elasticsearch;

import java.util.Map;

/** Settings of every node of the lab. */
final class LabSettings {

    /**
     * Fault detection at 1 s x 3 every 500 ms sees a hung data node at 4.2 s instead of 33 s (measured): right for a lab
     * where people wait, not for production. The disk watermarks are off, or a full laptop would leave shards unassigned;
     * and next to nothing, or its agents would see full disks: nodes tell the watermarks whether they heed them or not.
     */
    static final Map<String, String> ALL = Map.ofEntries(Map.entry("xpack.security.enabled", "false"),
            Map.entry("cluster.fault_detection.leader_check.interval", "500ms"),
            Map.entry("cluster.fault_detection.leader_check.timeout", "1s"),
            Map.entry("cluster.fault_detection.leader_check.retry_count", "3"),
            Map.entry("cluster.fault_detection.follower_check.interval", "500ms"),
            Map.entry("cluster.fault_detection.follower_check.timeout", "1s"),
            Map.entry("cluster.fault_detection.follower_check.retry_count", "3"),
            Map.entry("cluster.publish.timeout", "3s"), Map.entry("cluster.follower_lag.timeout", "5s"),
            Map.entry("cluster.routing.allocation.awareness.attributes", "zone"),
            Map.entry("cluster.routing.allocation.disk.threshold_enabled", "false"),
            Map.entry("cluster.routing.allocation.disk.watermark.low", "3b"),
            Map.entry("cluster.routing.allocation.disk.watermark.high", "2b"),
            Map.entry("cluster.routing.allocation.disk.watermark.flood_stage", "1b"));

    private LabSettings() {}
}
