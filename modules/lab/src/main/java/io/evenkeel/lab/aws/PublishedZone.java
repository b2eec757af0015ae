package io.evenkeel.lab.aws;

import java.util.List;

/**
 * A zone as name servers show it: changes that are still PENDING are not in it.
 *
 * @param name absolute, as {@code lab.}
 */
public record PublishedZone(String name, List<ResourceRecordSet> records) {
    public PublishedZone {
        records = List.copyOf(records);
    }
}
