package io.evenkeel.core.cluster;

/** The configured id of an Elasticsearch cluster; key of all its records, so that one partition knows all of it. */
public record ClusterId(String value) implements Comparable<ClusterId> {
    public ClusterId {
        Names.checked("cluster id", value);
    }

    @Override
    public int compareTo(ClusterId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
