package io.evenkeel.channels.aws;

import io.evenkeel.channels.Channel;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.ResourceNotFoundException;
import software.amazon.awssdk.services.sns.SnsClient;

/**
 * Channels on AWS. Endpoint and credentials come by the SDK's own means: {@code AWS_ENDPOINT_URL}, profile, role; the region
 * from the ARN, which the topic is in whatever {@code AWS_REGION} says, or by the SDK's own means where there is none. The SDK tries once: who delivers paces retries.
 */
public final class AwsChannels {

    private static final int REGION_OF_ARN = 3;

    private AwsChannels() {}

    /**
     * @param callTimeout longest time of one call
     * @param endpoint in place of the SDK's own choice
     */
    public record Settings(Duration callTimeout, Optional<URI> endpoint) {
        public Settings {
            if (!callTimeout.isPositive()) {
                throw new IllegalArgumentException("aws call time-out must be over 0, was " + callTimeout);
            }
        }
    }

    /**
     * Where heartbeats are counted. API reference of PutMetricData and of MetricDatum.
     *
     * @param namespace 1 to 255 of letters, digits, {@code . - _ / #}, and no one of AWS
     * @param name 1 to 255 printable ASCII
     * @param deployment value of the dimension {@value CloudWatchChannel#DIMENSION}: 1 to 1024 printable ASCII
     */
    public record Metric(String namespace, String name, String deployment) {

        private static final Pattern NAMESPACE = Pattern.compile("(?!AWS/)[A-Za-z0-9._/#-]{1,255}");
        private static final Pattern NAME = Pattern.compile("[!-~][ -~]{0,254}");
        private static final Pattern VALUE = Pattern.compile("[!-9;-~][ -~]{0,1023}");

        public Metric {
            require(NAMESPACE, "namespace", namespace);
            require(NAME, "metric", name);
            require(VALUE, "deployment", deployment);
        }

        private static void require(Pattern pattern, String what, String value) {
            if (!pattern.matcher(value).matches()) {
                throw new IllegalArgumentException(what + " must match " + pattern + ", was '" + value + "'");
            }
        }
    }

    /**
     * A dead-man's switch.
     *
     * @throws software.amazon.awssdk.core.exception.SdkClientException when no region can be found
     */
    public static Channel cloudWatch(Metric metric, Settings settings) {
        var http = http(settings);
        var client = build(CloudWatchClient.builder(), http, "", settings);
        return new CloudWatchChannel(client, metric, List.of(client, http));
    }

    /** @throws software.amazon.awssdk.core.exception.SdkClientException when no region can be found */
    public static Channel sns(String topicArn, Settings settings) {
        var http = http(settings);
        var client = build(SnsClient.builder(), http, topicArn, settings);
        return new SnsChannel(client, topicArn, List.of(client, http));
    }

    /**
     * @param bus name or ARN
     * @throws IllegalStateException when AWS says that the bus does not exist: putting events on a missing bus reports
     *     success and loses them (aws-cli#9186)
     */
    public static Channel eventBridge(String bus, Settings settings) {
        var http = http(settings);
        var client = build(EventBridgeClient.builder(), http, bus, settings);
        var channel = new EventBridgeChannel(client, bus, List.of(client, http));
        try {
            requireBus(client, bus);
        } catch (IllegalStateException e) {
            channel.close();
            throw e;
        }
        return channel;
    }

    /** A bus that cannot be asked for now is taken to be there: AWS being away must not keep a process from starting. */
    private static void requireBus(EventBridgeClient client, String bus) {
        try {
            client.describeEventBus(request -> request.name(bus));
        } catch (ResourceNotFoundException e) {
            throw new IllegalStateException("there is no EventBridge bus '" + bus + "'", e);
        } catch (SdkException e) {
            LoggerFactory.getLogger(AwsChannels.class).atWarn().addKeyValue("bus", bus)
                    .addKeyValue("error", AwsFailures.detail(String.valueOf(e.getMessage())))
                    .log("could not ask whether the event bus exists");
        }
    }

    private static SdkHttpClient http(Settings settings) {
        return UrlConnectionHttpClient.builder().connectionTimeout(settings.callTimeout().dividedBy(2))
                .socketTimeout(settings.callTimeout()).build();
    }

    private static <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> C build(B builder,
            SdkHttpClient http, String arn, Settings settings) {
        var overrides = ClientOverrideConfiguration.builder().apiCallTimeout(settings.callTimeout())
                .apiCallAttemptTimeout(settings.callTimeout())
                .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder().maxAttempts(1).build()).build();
        UnaryOperator<B> placed = b -> region(arn).map(b::region).orElse(b);
        UnaryOperator<B> endpointed = b -> settings.endpoint().map(b::endpointOverride).orElse(b);
        return endpointed.apply(placed.apply(builder.httpClient(http).overrideConfiguration(overrides))).build();
    }

    private static Optional<Region> region(String arn) {
        String[] parts = arn.split(":", -1);
        return parts.length > REGION_OF_ARN && parts[0].equals("arn") && !parts[REGION_OF_ARN].isEmpty()
                ? Optional.of(Region.of(parts[REGION_OF_ARN]))
                : Optional.empty();
    }

    static void closeAll(List<AutoCloseable> owned) {
        for (var one : owned) {
            try {
                one.close();
            } catch (Exception e) {
                LoggerFactory.getLogger(AwsChannels.class).atWarn().addKeyValue("error", e.getClass().getSimpleName())
                        .log("could not close an AWS client");
            }
        }
    }
}
