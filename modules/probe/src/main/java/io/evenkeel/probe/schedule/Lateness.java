package io.evenkeel.probe.schedule;

import java.time.Duration;

/** How late probes began, over the last {@value LatenessWindow#SIZE}; zero before the first. */
public record Lateness(Duration p50, Duration p99, Duration max) {}
