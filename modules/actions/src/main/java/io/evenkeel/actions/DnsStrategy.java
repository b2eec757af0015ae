package io.evenkeel.actions;

import io.evenkeel.core.cluster.ClusterId;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** How a service's name is moved in Route 53. */
public sealed interface DnsStrategy {

    /**
     * The PRIMARY failover record carries a CALCULATED health check with HealthThreshold 0 (always healthy) that belongs
     * to the pipeline: inverted, it is always unhealthy, and Route 53 answers with the SECONDARY record. No record is
     * changed.
     *
     * @param healthCheckId id of that health check; never one that watches an endpoint: inverting such a one would send
     *     traffic to the primary exactly while it is dead
     * @param primary the cluster of the PRIMARY record
     */
    record HealthCheck(String healthCheckId, ClusterId primary) implements DnsStrategy {
        public HealthCheck {
            if (healthCheckId.isBlank()) {
                throw new IllegalArgumentException("dns.healthCheckId must not be empty");
            }
        }
    }

    /**
     * One simple record of the service's name, overwritten. Needs Route 53's control plane (us-east-1) while failing over.
     *
     * @param hostedZoneId id of the zone, with or without {@code /hostedzone/}
     * @param recordName the service's name, with or without the last dot
     * @param type {@code CNAME} or {@code A}
     * @param ttl 1 s to 1 day; at most 60 s is advised by AWS for records that move
     * @param values the record's values by cluster: one name for a CNAME, addresses for an A
     */
    record RecordSet(String hostedZoneId, String recordName, String type, Duration ttl,
            Map<ClusterId, List<String>> values) implements DnsStrategy {

        private static final Duration MAX_TTL = Duration.ofDays(1);

        public RecordSet {
            if (!type.equals("CNAME") && !type.equals("A")) {
                throw new IllegalArgumentException("dns.type must be CNAME or A, was '" + type + "'");
            }
            if (ttl.compareTo(Duration.ofSeconds(1)) < 0 || ttl.compareTo(MAX_TTL) > 0) {
                throw new IllegalArgumentException("dns.ttl must be 1 s to 1 day, was " + ttl);
            }
            values.forEach((cluster, of) -> {
                if (of.isEmpty() || (type.equals("CNAME") && of.size() != 1)) {
                    throw new IllegalArgumentException(
                            "dns.values." + cluster + " must be one name (CNAME) or at least one address (A), was "
                                    + of);
                }
            });
            values = Map.copyOf(values);
        }
    }
}
