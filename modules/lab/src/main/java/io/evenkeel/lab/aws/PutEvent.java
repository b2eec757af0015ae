package io.evenkeel.lab.aws;

import java.time.Instant;
import java.util.List;

/**
 * An event that a bus accepted.
 *
 * @param received wall clock of the endpoint
 * @param bus name of the bus
 * @param detail a JSON object, as sent
 */
public record PutEvent(String id, Instant received, String bus, String source, String detailType, String detail,
        List<String> resources) {
    public PutEvent {
        resources = List.copyOf(resources);
    }
}
