package io.evenkeel.topology.decode;

/**
 * A record without a value: what the key names is gone.
 *
 * @param topic the topic it was first written to
 */
public record Tombstone(String topic, String key) {}
