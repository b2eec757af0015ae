package io.evenkeel.lab.aws;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * How the lab's AWS behaves.
 *
 * @param port 0 takes a free one
 * @param accountId 12 digits, in every ARN
 * @param replacementDelay from Unhealthy to Terminating; also the pause before a failed launch or termination is tried again
 * @param changeDelay from PENDING to INSYNC, which is also when DNS shows the change
 * @param healthCheckSpeedup divides the 10 or 30 s interval and the time-outs (4 s connect, 2 s answer, at least 500 ms)
 * of Route 53 health checks; at least 1
 * @param route53RequestsPerSecond AWS's limit is 5 an account; at least 1
 * @param listener gets one line for each change of state worth seeing; called on the endpoint's threads, must not block
 */
public record AwsEndpointSettings(int port, String accountId, Duration replacementDelay, Duration changeDelay,
        int healthCheckSpeedup, int route53RequestsPerSecond, Consumer<String> listener) {

    public AwsEndpointSettings {
        if (!accountId.matches("\\d{12}")) {
            throw new IllegalArgumentException("accountId must be 12 digits, was " + accountId);
        }
        if (replacementDelay.isNegative() || changeDelay.isNegative()) {
            throw new IllegalArgumentException(
                    "delays must be >= 0, were " + replacementDelay + " and " + changeDelay);
        }
        if (healthCheckSpeedup < 1 || route53RequestsPerSecond < 1) {
            throw new IllegalArgumentException("healthCheckSpeedup and route53RequestsPerSecond must be >= 1, were "
                    + healthCheckSpeedup + " and " + route53RequestsPerSecond);
        }
    }

    /** A free port, 1 s to replacement, 2 s to INSYNC, health checks ten times as fast, AWS's own rate, a listener that is silent. */
    public static AwsEndpointSettings defaults() {
        return new AwsEndpointSettings(0, "123456789012", Duration.ofSeconds(1), Duration.ofSeconds(2), 10, 5,
                _ -> {
                });
    }

    public AwsEndpointSettings withPort(int value) {
        return new AwsEndpointSettings(value, accountId, replacementDelay, changeDelay, healthCheckSpeedup,
                route53RequestsPerSecond, listener);
    }

    public AwsEndpointSettings withReplacementDelay(Duration value) {
        return new AwsEndpointSettings(port, accountId, value, changeDelay, healthCheckSpeedup,
                route53RequestsPerSecond, listener);
    }

    public AwsEndpointSettings withChangeDelay(Duration value) {
        return new AwsEndpointSettings(port, accountId, replacementDelay, value, healthCheckSpeedup,
                route53RequestsPerSecond, listener);
    }

    public AwsEndpointSettings withHealthCheckSpeedup(int value) {
        return new AwsEndpointSettings(port, accountId, replacementDelay, changeDelay, value,
                route53RequestsPerSecond, listener);
    }

    public AwsEndpointSettings withRoute53RequestsPerSecond(int value) {
        return new AwsEndpointSettings(port, accountId, replacementDelay, changeDelay, healthCheckSpeedup, value,
                listener);
    }

    public AwsEndpointSettings withListener(Consumer<String> value) {
        return new AwsEndpointSettings(port, accountId, replacementDelay, changeDelay, healthCheckSpeedup,
                route53RequestsPerSecond, value);
    }
}
