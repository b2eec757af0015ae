package io.evenkeel.core.alert;

/** Kinds of alerts. Routes, silences and inhibition go by the label {@code name}, so a label never changes. */
public enum AlertName {
    NODE_DOWN("NodeDown"), NODE_UNREACHABLE("NodeUnreachable"), NODE_FLAPPING("NodeFlapping"), NODE_UNKNOWN(
            "NodeUnknown"), VANTAGE_SILENT("VantageSilent"), VANTAGE_DOUBTED("VantageDoubted"), CLUSTER_FAILED(
                    "ClusterFailed"), CLUSTER_QUORUM_LOST("ClusterQuorumLost"), CLUSTER_DEGRADED(
                            "ClusterDegraded"), CLUSTER_UNKNOWN("ClusterUnknown"), RULE_ERROR("RuleError"), STORM(
                                    "Storm"), ZONE_IMPAIRED("ZoneImpaired"), BRAKE_TRIPPED(
                                            "BrakeTripped"), HEALTH_STALLED(
                                                    "HealthStalled"), CHANNEL_FAILED("ChannelFailed");

    private final String label;

    AlertName(String label) {
        this.label = label;
    }

    /** As configuration has it, such as {@code NodeDown}. */
    public String label() {
        return label;
    }
}
