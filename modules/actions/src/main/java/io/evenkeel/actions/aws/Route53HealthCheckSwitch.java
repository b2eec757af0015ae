package io.evenkeel.actions.aws;

import io.evenkeel.actions.DnsStrategy;
import io.evenkeel.actions.TrafficSwitch;
import io.evenkeel.core.cluster.ClusterId;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.HealthCheck;
import software.amazon.awssdk.services.route53.model.HealthCheckType;
import software.amazon.awssdk.services.route53.model.HealthCheckVersionMismatchException;

/** Inverts the pipeline's own always-healthy health check on the PRIMARY failover record. */
final class Route53HealthCheckSwitch implements TrafficSwitch {

    private static final int MAX_VERSION_RACES = 3;

    private final Route53Client client;
    private final DnsStrategy.HealthCheck strategy;

    Route53HealthCheckSwitch(Route53Client client, DnsStrategy.HealthCheck strategy) {
        this.client = client;
        this.strategy = strategy;
    }

    @Override
    public Position position(ClusterId to) {
        try {
            var check = read();
            if (!isPipelineSwitch(check)) {
                return new Position.Unclear(notOurs(check));
            }
            return inverted(check) == wanted(to)
                    ? new Position.OnTarget(describe(check))
                    : new Position.Elsewhere(describe(check));
        } catch (SdkException e) {
            return AwsFailures.of(e);
        }
    }

    /** The version sent is the one just read: somebody else's change in between is seen, not overwritten. */
    @Override
    public Switching switchTo(ClusterId to) {
        for (int race = 0; race < MAX_VERSION_RACES; race++) {
            try {
                var check = read();
                if (!isPipelineSwitch(check)) {
                    return new Switching.Unclear(notOurs(check));
                }
                if (inverted(check) != wanted(to)) {
                    client.updateHealthCheck(request -> request.healthCheckId(strategy.healthCheckId())
                            .healthCheckVersion(check.healthCheckVersion()).inverted(wanted(to)));
                }
                return new Switching.Switched("", undo(to));
            } catch (HealthCheckVersionMismatchException _) {
                // Changed between read and update: look again.
            } catch (SdkException e) {
                return AwsFailures.of(e);
            }
        }
        return new Switching.Unclear("health check " + strategy.healthCheckId() + " was changed by somebody else "
                + MAX_VERSION_RACES + " times in a row");
    }

    @Override
    public Verification verify(ClusterId to, Switching.Switched accepted) {
        try {
            var check = read();
            return inverted(check) == wanted(to)
                    ? new Verification.InEffect()
                    : new Verification.Different(describe(check));
        } catch (SdkException e) {
            return AwsFailures.of(e);
        }
    }

    private HealthCheck read() {
        return client.getHealthCheck(request -> request.healthCheckId(strategy.healthCheckId())).healthCheck();
    }

    private boolean wanted(ClusterId to) {
        return !to.equals(strategy.primary());
    }

    private String undo(ClusterId to) {
        return "aws route53 update-health-check --health-check-id " + strategy.healthCheckId()
                + (wanted(to) ? " --no-inverted" : " --inverted");
    }

    private static boolean inverted(HealthCheck check) {
        return Boolean.TRUE.equals(check.healthCheckConfig().inverted());
    }

    private static boolean isPipelineSwitch(HealthCheck check) {
        var config = check.healthCheckConfig();
        var threshold = config.healthThreshold();
        return config.type() == HealthCheckType.CALCULATED && threshold != null && threshold == 0;
    }

    private static String notOurs(HealthCheck check) {
        var config = check.healthCheckConfig();
        return "health check " + check.id() + " must be CALCULATED with HealthThreshold 0, is " + config.typeAsString()
                + " with " + config.healthThreshold();
    }

    private static String describe(HealthCheck check) {
        return "health check " + check.id() + " version " + check.healthCheckVersion() + " Inverted=" + inverted(check);
    }
}
