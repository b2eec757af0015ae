package io.evenkeel.actions.aws;

import io.evenkeel.actions.Announcements;
import io.evenkeel.actions.DnsStrategy;
import io.evenkeel.actions.InstanceHealth;
import io.evenkeel.actions.TrafficSwitch;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.sns.SnsClient;

/**
 * The ports on AWS, over one set of clients. Endpoint, region and credentials come by the SDK's own means: {@code
 * AWS_ENDPOINT_URL}, {@code AWS_REGION}, profile, role. A call ends within the call time-out, the SDK's retries included.
 * Thread-safe; the ports end with it.
 */
public final class AwsAdapters implements AutoCloseable {

    /** One first try and two more; what stays throttled is the handler's to pace. */
    private static final int MAX_ATTEMPTS = 3;

    private final SdkHttpClient http;
    private final AutoScalingClient autoScaling;
    private final Route53Client route53;
    private final SnsClient sns;
    private final EventBridgeClient eventBridge;

    private AwsAdapters(Settings settings) {
        http = UrlConnectionHttpClient.builder().connectionTimeout(settings.attemptTimeout())
                .socketTimeout(settings.attemptTimeout()).build();
        autoScaling = settings.build(AutoScalingClient.builder(), http);
        route53 = settings.build(Route53Client.builder(), http);
        sns = settings.build(SnsClient.builder(), http);
        eventBridge = settings.build(EventBridgeClient.builder(), http);
    }

    /**
     * @param callTimeout longest time of one call, retries included; the same as {@code actions.callTimeout}
     * @throws software.amazon.awssdk.core.exception.SdkClientException when no region can be found
     */
    public static AwsAdapters open(Duration callTimeout) {
        return new AwsAdapters(new Settings(callTimeout, Optional.empty()));
    }

    /** As {@link #open(Duration)}, but against one endpoint for all services. */
    public static AwsAdapters open(Duration callTimeout, URI endpoint) {
        return new AwsAdapters(new Settings(callTimeout, Optional.of(endpoint)));
    }

    public InstanceHealth instanceHealth() {
        return new AwsInstanceHealth(autoScaling);
    }

    public AwsAutoScalingGroups autoScalingGroups() {
        return new AwsAutoScalingGroups(autoScaling);
    }

    public TrafficSwitch trafficSwitch(DnsStrategy strategy) {
        return switch (strategy) {
            case DnsStrategy.HealthCheck check -> new Route53HealthCheckSwitch(route53, check);
            case DnsStrategy.RecordSet records -> new Route53RecordSetSwitch(route53, records);
        };
    }

    /**
     * @param topicArn the SNS topic; empty for none
     * @param busName the EventBridge bus, by name or ARN; empty for none
     * @throws IllegalStateException when AWS says that the bus does not exist: putting events on a missing bus reports
     *     success and loses them (aws-cli#9186)
     */
    public Announcements announcements(Optional<String> topicArn, Optional<String> busName) {
        busName.ifPresent(bus -> AwsAnnouncements.requireBus(eventBridge, bus));
        return new AwsAnnouncements(sns, eventBridge, topicArn, busName);
    }

    @Override
    public void close() {
        autoScaling.close();
        route53.close();
        sns.close();
        eventBridge.close();
        http.close();
    }

    private record Settings(Duration callTimeout, Optional<URI> endpoint) {

        Settings {
            if (!callTimeout.isPositive()) {
                throw new IllegalArgumentException("aws call time-out must be over 0, was " + callTimeout);
            }
        }

        Duration attemptTimeout() {
            return callTimeout.dividedBy(2);
        }

        <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> C build(B builder, SdkHttpClient shared) {
            UnaryOperator<B> endpointed = b -> endpoint.map(b::endpointOverride).orElse(b);
            return endpointed.apply(builder.httpClient(shared).overrideConfiguration(overrides())).build();
        }

        private ClientOverrideConfiguration overrides() {
            return ClientOverrideConfiguration.builder()
                    .apiCallTimeout(callTimeout)
                    .apiCallAttemptTimeout(attemptTimeout())
                    .retryStrategy(
                            AwsRetryStrategy.standardRetryStrategy().toBuilder().maxAttempts(MAX_ATTEMPTS).build())
                    .build();
        }
    }
}
