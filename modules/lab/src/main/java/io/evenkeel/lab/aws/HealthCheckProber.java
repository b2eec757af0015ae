package io.evenkeel.lab.aws;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Probes each endpoint check at its interval, on a thread of its own, until the check is deleted. */
final class HealthCheckProber implements AutoCloseable {
    /** "How Route 53 determines whether a health check is healthy". */
    private static final Duration CONNECT = Duration.ofSeconds(4);
    private static final Duration ANSWER = Duration.ofSeconds(2);
    private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(500);

    private final HealthChecks checks;
    private final int speedup;
    private final Runnable probed;
    private final EndpointProbe probe;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** @param probed told after each probe, on the check's thread */
    HealthCheckProber(HealthChecks checks, int speedup, Runnable probed) {
        this.checks = checks;
        this.speedup = speedup;
        this.probed = probed;
        this.probe = new EndpointProbe(scaled(CONNECT, speedup), scaled(ANSWER, speedup));
    }

    void watch(HealthCheck check) {
        if (check.config().type().probes()) {
            threads.execute(() -> run(check.id()));
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private void run(String id) {
        try {
            for (var check = checks.find(id); check.isPresent(); check = checks.find(id)) {
                var config = check.get().config();
                if (!config.disabled()) {
                    checks.probed(id, probe.probe(config));
                    probed.run();
                }
                Thread.sleep(Duration.ofSeconds(config.requestIntervalSeconds()).dividedBy(speedup));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Duration scaled(Duration real, int speedup) {
        var scaled = real.dividedBy(speedup);
        return scaled.compareTo(SHORTEST_TIMEOUT) < 0 ? SHORTEST_TIMEOUT : scaled;
    }
}
