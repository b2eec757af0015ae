package io.evenkeel.core.decision;

import java.time.Instant;

/**
 * A service as its newest transition left it.
 *
 * @param lastFailoverAt when traffic last moved; {@link Instant#EPOCH} when never
 */
public record ServiceSituation(ServiceStatus status, Instant lastFailoverAt) {}
