package io.evenkeel.actions;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Dead-man's switch: asks a URL each interval, but only while the pipeline's time goes on. Whoever listens there raises the
 * alarm when it stays silent. A failure here is logged and stops nothing. The URL may hold a token: only its host is ever
 * logged.
 */
public final class Heartbeat implements AutoCloseable {

    public static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient http;
    private final HttpRequest request;
    private final Duration interval;
    private final BooleanSupplier timeGoesOn;
    private final ScheduledExecutorService timer = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().name("evenkeel-heartbeat").daemon(true).factory());

    /**
     * @param url asked with GET; any 2xx counts as heard
     * @param interval over 0; {@link #DEFAULT_INTERVAL} by default
     * @param timeGoesOn whether ticks advance; called on the heartbeat's own thread
     */
    public Heartbeat(URI url, Duration interval, BooleanSupplier timeGoesOn) {
        if (url.getHost() == null || !interval.isPositive()) {
            throw new IllegalArgumentException("heartbeat.url must have a host, and heartbeat.interval must be over 0");
        }
        this.http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
        this.request = HttpRequest.newBuilder(url).timeout(TIMEOUT).GET().build();
        this.interval = interval;
        this.timeGoesOn = timeGoesOn;
    }

    public void start() {
        var _ = timer.scheduleWithFixedDelay(this::beat, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void beat() {
        try {
            if (!timeGoesOn.getAsBoolean()) {
                LOG.atWarn().addKeyValue("host", request.uri().getHost()).log("no fresh tick, heartbeat withheld");
                return;
            }
            int status = http.send(request, BodyHandlers.discarding()).statusCode();
            if (status / 100 != 2) {
                LOG.atWarn().addKeyValue("host", request.uri().getHost()).addKeyValue("status", status)
                        .log("heartbeat refused");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            // A message may quote the URL: the class says enough.
            LOG.atWarn().addKeyValue("host", request.uri().getHost()).addKeyValue("error", e.getClass().getSimpleName())
                    .log("heartbeat failed");
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        http.shutdownNow();
    }
}
