package io.evenkeel.core.cluster;

/** The configured id of a search service: a DNS name in front of a primary and a standby cluster. */
public record ServiceId(String value) implements Comparable<ServiceId> {
    public ServiceId {
        Names.checked("service id", value);
    }

    @Override
    public int compareTo(ServiceId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
