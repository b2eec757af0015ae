package io.evenkeel.core.health;

import java.time.Instant;

/**
 * One probe result that a transition rests on.
 *
 * @param source who looked
 * @param observedAt append time less the agent's age at send
 * @param purpose scheduled or a confirmation
 * @param healthy what it said
 * @param summary one line for people, such as {@code CONNECT_REFUSED: Connection refused}
 */
public record Evidence(ProbeSource source, Instant observedAt, ProbeResult.Purpose purpose, boolean healthy,
        String summary) {}
