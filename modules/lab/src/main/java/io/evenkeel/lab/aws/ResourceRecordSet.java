package io.evenkeel.lab.aws;

import java.util.List;
import java.util.Optional;

/**
 * Records of one name and type with one routing: simple, or one side of a failover pair.
 *
 * @param name absolute and in lower case, as {@code search.lab.}
 * @param type A, AAAA, CNAME, TXT, NS, SOA
 * @param setIdentifier empty for a simple record
 * @param role empty for a simple record
 * @param ttl seconds
 * @param values as in a zone file; at least one
 * @param healthCheckId empty: always healthy
 */
public record ResourceRecordSet(String name, String type, Optional<String> setIdentifier, Optional<Role> role, long ttl,
        List<String> values, Optional<String> healthCheckId) {
    public ResourceRecordSet {
        values = List.copyOf(values);
    }

    /** The side of a failover pair. */
    public enum Role {
        PRIMARY, SECONDARY
    }

    static ResourceRecordSet simple(String name, String type, long ttl, List<String> values) {
        return new ResourceRecordSet(name, type, Optional.empty(), Optional.empty(), ttl, values, Optional.empty());
    }

    /** What a record set is known by in its zone. */
    RecordKey key() {
        return new RecordKey(name, type, setIdentifier.orElse(""));
    }

    /** Ordered as Route 53 lists: by name with its labels reversed, then type, then set identifier. */
    record RecordKey(String name, String type, String setIdentifier) implements Comparable<RecordKey> {
        @Override
        public int compareTo(RecordKey other) {
            int byName = DnsNames.reversed(name).compareTo(DnsNames.reversed(other.name));
            int byType = byName != 0 ? byName : type.compareTo(other.type);
            return byType != 0 ? byType : setIdentifier.compareTo(other.setIdentifier);
        }

        /** As Route 53's messages quote it. */
        String quoted() {
            return "[name='" + name + "', type='" + type + "'"
                    + (setIdentifier.isEmpty() ? "" : ", set identifier='" + setIdentifier + "'") + "]";
        }
    }
}
