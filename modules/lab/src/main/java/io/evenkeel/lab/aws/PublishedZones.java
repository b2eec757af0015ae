package io.evenkeel.lab.aws;

import java.util.List;

/** What a name server of Route 53 knows at this moment. Safe for any thread. */
public interface PublishedZones {

    List<PublishedZone> zones();

    /** Whether a health check says healthy; one that does not exist says so too (AWS leaves it undefined). */
    boolean healthy(String healthCheckId);
}
