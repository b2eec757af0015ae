package io.evenkeel.lab.aws;

import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.sns.SnsClient;

/** The real SDK's clients, pointed at the endpoint; without retries unless asked, so that a test sees each answer. */
public final class SdkClients {
    private final URI endpoint;

    public SdkClients(URI endpoint) {
        this.endpoint = endpoint;
    }

    AutoScalingClient autoScaling() {
        return noRetries(AutoScalingClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder())).build();
    }

    AutoScalingClient autoScalingWithRetries() {
        return pointed(AutoScalingClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()))
                .overrideConfiguration(configuration -> configuration.retryStrategy(RetryMode.STANDARD)).build();
    }

    public Route53Client route53() {
        return noRetries(Route53Client.builder().httpClientBuilder(UrlConnectionHttpClient.builder())).build();
    }

    SnsClient sns() {
        return noRetries(SnsClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder())).build();
    }

    EventBridgeClient eventBridge() {
        return noRetries(EventBridgeClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder())).build();
    }

    private <B extends AwsClientBuilder<B, C>, C> B noRetries(B builder) {
        return pointed(builder).overrideConfiguration(
                configuration -> configuration.retryStrategy(strategy -> strategy.maxAttempts(1)));
    }

    private <B extends AwsClientBuilder<B, C>, C> B pointed(B builder) {
        return builder.endpointOverride(endpoint).region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("lab", "lab")));
    }
}
