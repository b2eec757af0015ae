package io.evenkeel.events;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Every topic by name, with its partitions and clean-up. The broker's clock stamps all of them
 * ({@code message.timestamp.type=LogAppendTime}): it is the only clock that rules compare.
 *
 * @param prefix what every name starts with, {@value #DEFAULT_PREFIX} by default; may be empty
 */
public record Topics(String prefix) {

    public static final String DEFAULT_PREFIX = "evenkeel.";

    /** Partitions of what is spread by cluster or by serial key; growing means a new topic version. */
    public static final int SPREAD = 12;

    private static final String SUFFIX = ".v1";
    private static final String PROBE_RESULTS = "probe-results";
    private static final String DECISION_INPUTS = "decision-inputs";
    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9._-]{0,100}");

    public Topics {
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException(
                    "topic prefix must be at most 100 of letters, digits, '.', '_' and '-', was '" + prefix + "'");
        }
    }

    public Topics() {
        this(DEFAULT_PREFIX);
    }

    /** Probe results and ticks, by cluster. */
    public TopicSpec probeResults() {
        return kept(PROBE_RESULTS, SPREAD, 7);
    }

    /** What is expected to be there, keyed cluster/node or cluster, by cluster. */
    public TopicSpec targets() {
        return compacted("targets", SPREAD, 0);
    }

    /** What agents have read of a cluster, by cluster. */
    public TopicSpec clusterFacts() {
        return compacted("cluster-facts", SPREAD, 0);
    }

    public TopicSpec policies() {
        return compacted("policies", 1, 0);
    }

    public TopicSpec nodeTransitions() {
        return kept("node-transitions", SPREAD, 90);
    }

    public TopicSpec clusterTransitions() {
        return kept("cluster-transitions", SPREAD, 90);
    }

    public TopicSpec nodeStates() {
        return compacted("node-states", SPREAD, 0);
    }

    public TopicSpec clusterStates() {
        return compacted("cluster-states", SPREAD, 0);
    }

    /** Keyed cluster/vantage, by cluster. */
    public TopicSpec vantageTransitions() {
        return kept("vantage-transitions", SPREAD, 90);
    }

    public TopicSpec vantageStates() {
        return compacted("vantage-states", SPREAD, 0);
    }

    /** Up to when each partition of HEALTH has judged, in the partition of the same number; internal. */
    public TopicSpec healthProgress() {
        return kept("health-progress", SPREAD, 1);
    }

    public TopicSpec failoverTransitions() {
        return kept("failover-transitions", 1, 90);
    }

    public TopicSpec serviceStates() {
        return compacted("service-states", 1, 0);
    }

    /** All that DECISION judges, copied into one order; internal. */
    public TopicSpec decisionInputs() {
        return kept(DECISION_INPUTS, 1, 90);
    }

    public TopicSpec decisions() {
        return kept("decisions", 1, 90);
    }

    /** By serial key. */
    public TopicSpec actionRequests() {
        return kept("action-requests", SPREAD, 30);
    }

    /** Keyed serial key/request id, by serial key; every claim stays readable for 30 days. */
    public TopicSpec actionOutcomes() {
        return compacted("action-outcomes", SPREAD, 30);
    }

    public TopicSpec alerts() {
        return compacted("alerts", 1, 7);
    }

    /** What people are told, and over which channels. */
    public TopicSpec notifications() {
        return kept("notifications", 1, 30);
    }

    /** How channels fared with them. */
    public TopicSpec alertDeliveries() {
        return kept("alert-deliveries", 1, 30);
    }

    public TopicSpec intents() {
        return compacted("intents", 1, 0);
    }

    /** What people say about one incident, done once. */
    public TopicSpec orders() {
        return kept("orders", 1, 30);
    }

    /** Poison as it was received, with its origin in headers. */
    public TopicSpec deadLetters() {
        return kept("dead-letters", SPREAD, 30);
    }

    public List<TopicSpec> all() {
        return List.of(probeResults(), targets(), clusterFacts(), policies(), nodeTransitions(), clusterTransitions(),
                nodeStates(),
                clusterStates(), vantageTransitions(), vantageStates(), healthProgress(), failoverTransitions(),
                serviceStates(),
                decisionInputs(), decisions(),
                actionRequests(), actionOutcomes(), alerts(), notifications(), alertDeliveries(), intents(),
                orders(),
                deadLetters());
    }

    /**
     * Whether a topic carries several types of record, so that its subjects are named by topic and record
     * (TopicRecordNameStrategy) and not by topic alone. Told from the name, whatever the prefix.
     */
    public static boolean carriesSeveralTypes(String topic) {
        return topic.endsWith(PROBE_RESULTS + SUFFIX) || topic.endsWith(DECISION_INPUTS + SUFFIX);
    }

    private TopicSpec kept(String noun, int partitions, int days) {
        return new TopicSpec(prefix + noun + SUFFIX, partitions, Map.of("cleanup.policy", "delete", "retention.ms",
                millis(days), "message.timestamp.type", "LogAppendTime"));
    }

    private TopicSpec compacted(String noun, int partitions, int minimumLagDays) {
        return new TopicSpec(prefix + noun + SUFFIX, partitions, Map.of("cleanup.policy", "compact",
                "min.compaction.lag.ms", millis(minimumLagDays), "message.timestamp.type", "LogAppendTime"));
    }

    private static String millis(int days) {
        return Long.toString(Duration.ofDays(days).toMillis());
    }
}
