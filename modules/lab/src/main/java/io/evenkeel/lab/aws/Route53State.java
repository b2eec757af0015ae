package io.evenkeel.lab.aws;

import java.time.InstantSource;
import java.util.List;

/** Zones and health checks together, with what makes them live: the prober, and the watcher that reports flips. */
final class Route53State implements PublishedZones, AutoCloseable {
    private final HostedZones zones;
    private final HealthChecks healthChecks;
    private final HealthCheckProber prober;
    private final FailoverWatcher watcher;

    Route53State(InstantSource clock, AwsEndpointSettings settings) {
        this.healthChecks = new HealthChecks(clock);
        this.zones = new HostedZones(clock, settings.changeDelay(), this::changed);
        this.watcher = new FailoverWatcher(this, healthChecks, settings.listener());
        this.prober = new HealthCheckProber(healthChecks, settings.healthCheckSpeedup(), this::changed);
    }

    @Override
    public List<PublishedZone> zones() {
        return zones.visible();
    }

    @Override
    public boolean healthy(String healthCheckId) {
        return healthChecks.healthy(healthCheckId);
    }

    HostedZones hostedZones() {
        return zones;
    }

    HealthChecks healthChecks() {
        return healthChecks;
    }

    /** A check that was just made begins to probe. */
    void watch(HealthCheck check) {
        prober.watch(check);
    }

    /** To be called after each change that may turn an answer. */
    void changed() {
        watcher.look();
    }

    @Override
    public void close() {
        prober.close();
        zones.close();
    }
}
