package io.evenkeel.probe.endpoint;

import io.evenkeel.probe.http.Access;
import java.time.Duration;

/**
 * Where the health endpoint listens and which node it speaks for.
 *
 * @param host address to bind, {@value #HOST} by default: others may ask only where the configuration says so
 * @param port {@value #PORT} by default; 0 takes a free one
 * @param nodeUrl {@code http(s)://host:port} of the node on this machine
 * @param deadline for each answer, 10 ms to 10 s; default 1.5 s, under Route 53's 2 s and a load balancer's 5 s
 * @param access how to be let in by the node
 */
public record HealthEndpointSettings(String host, int port, String nodeUrl, Duration deadline, Access access) {

    public static final String HOST = "127.0.0.1";
    public static final int PORT = 8080;
    public static final Duration DEADLINE = Duration.ofMillis(1500);

    public HealthEndpointSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("healthEndpoint.port must be 0 to 65535, was " + port);
        }
        if (deadline.compareTo(Duration.ofMillis(10)) < 0 || deadline.compareTo(Duration.ofSeconds(10)) > 0) {
            throw new IllegalArgumentException("healthEndpoint.deadline must be 10 ms to 10 s, was " + deadline);
        }
    }

    /** The defaults for a node. */
    public static HealthEndpointSettings of(String nodeUrl) {
        return new HealthEndpointSettings(HOST, PORT, nodeUrl, DEADLINE, Access.OPEN);
    }
}
