package io.evenkeel.channels.aws.secrets;

import io.evenkeel.channels.Secret;
import io.evenkeel.channels.aws.AwsFailures;
import io.evenkeel.channels.secret.CachedReader;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * Secrets of AWS Secrets Manager: the current version's text. Endpoint, region and credentials come by the SDK's own
 * means; the right needed is {@code secretsmanager:GetSecretValue}. Nothing is asked before a secret's first use.
 */
public final class SecretsManager {

    /** AWS's own caching clients keep one for an hour; a rotated key should count sooner. */
    private static final Duration KEPT = Duration.ofMinutes(5);
    private static final Duration CALL = Duration.ofSeconds(10);

    private final Optional<URI> endpoint;

    public SecretsManager() {
        this(Optional.empty());
    }

    /** @param endpoint instead of AWS's own */
    SecretsManager(Optional<URI> endpoint) {
        this.endpoint = endpoint;
    }

    /** @param id name or ARN */
    public Secret secret(String id) {
        var source = "AWS Secrets Manager, " + id;
        return new Secret(source, new CachedReader(source, () -> read(id), KEPT));
    }

    private String read(String id) {
        try (var http = UrlConnectionHttpClient.builder().connectionTimeout(CALL.dividedBy(2))
                .socketTimeout(CALL.dividedBy(2)).build()) {
            var builder = SecretsManagerClient.builder().httpClient(http)
                    .overrideConfiguration(overrides -> overrides.apiCallTimeout(CALL));
            endpoint.ifPresent(builder::endpointOverride);
            try (var client = builder.build()) {
                var text = client.getSecretValue(request -> request.secretId(id)).secretString();
                if (text == null || text.isBlank()) {
                    throw new IllegalStateException("secret " + id + " of AWS Secrets Manager has no text");
                }
                return text.strip();
            }
        } catch (AwsServiceException e) {
            throw new IllegalStateException("secret " + id + " of AWS Secrets Manager: " + AwsFailures.code(e), e);
        } catch (SdkException e) {
            throw new IllegalStateException("secret " + id + " of AWS Secrets Manager: no answer", e);
        }
    }
}
