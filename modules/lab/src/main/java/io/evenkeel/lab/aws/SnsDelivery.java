package io.evenkeel.lab.aws;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts messages to subscribers, each on a thread of its own: at once, then after the pauses below until an answer of 2xx. AWS's
 * pauses are longer (20 s first) and its tries more; a lab can not wait for them.
 */
final class SnsDelivery implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SnsDelivery.class);
    private static final List<Duration> PAUSES = List.of(Duration.ofMillis(200), Duration.ofSeconds(1),
            Duration.ofSeconds(2), Duration.ofSeconds(5));
    /** "Amazon SNS message delivery": an HTTP endpoint has 15 s to answer. */
    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private final URI endpoint;
    private final InstantSource clock;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http = HttpClient.newBuilder().executor(threads).connectTimeout(TIMEOUT)
            .version(HttpClient.Version.HTTP_1_1).build();

    SnsDelivery(URI endpoint, InstantSource clock) {
        this.endpoint = endpoint;
        this.clock = clock;
    }

    void requestConfirmation(SnsSubscription subscription) {
        var id = UUID.randomUUID().toString();
        var body = envelope("SubscriptionConfirmation", id, subscription.topicArn());
        body.put("Token", subscription.token());
        body.put("Message", "You have chosen to subscribe to the topic " + subscription.topicArn()
                + ".\nTo confirm the subscription, visit the SubscribeURL included in this message.");
        body.put("SubscribeURL", endpoint + "/?Action=ConfirmSubscription&TopicArn=" + encoded(subscription.topicArn())
                + "&Token=" + subscription.token());
        post(subscription, "SubscriptionConfirmation", id, body.toString());
    }

    void deliver(SnsMessage message, SnsSubscription subscription) {
        var body = envelope("Notification", message.id(), message.topicArn());
        message.subject().ifPresent(subject -> body.put("Subject", subject));
        body.put("Message", message.text());
        body.put("UnsubscribeURL",
                endpoint + "/?Action=Unsubscribe&SubscriptionArn=" + encoded(subscription.arn()));
        if (!message.attributes().isEmpty()) {
            var attributes = body.putObject("MessageAttributes");
            message.attributes().forEach((name, value) -> attributes.putObject(name).put("Type", value.getKey())
                    .put("Value", value.getValue()));
        }
        post(subscription, "Notification", message.id(), subscription.raw() ? message.text() : body.toString());
    }

    @Override
    public void close() {
        threads.shutdownNow();
        http.shutdownNow();
    }

    private ObjectNode envelope(String type, String id, String topicArn) {
        return JsonNodeFactory.instance.objectNode().put("Type", type).put("MessageId", id).put("TopicArn", topicArn)
                .put("Timestamp", AutoScalingXml.millis(clock.instant()));
    }

    private void post(SnsSubscription subscription, String type, String messageId, String body) {
        var request = HttpRequest.newBuilder(URI.create(subscription.endpoint())).timeout(TIMEOUT)
                .header("x-amz-sns-message-type", type).header("x-amz-sns-message-id", messageId)
                .header("x-amz-sns-topic-arn", subscription.topicArn())
                .header("Content-Type", "text/plain; charset=UTF-8")
                .header("User-Agent", "Amazon Simple Notification Service Agent")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (subscription.confirmed()) {
            request.header("x-amz-sns-subscription-arn", subscription.arn());
        }
        if (subscription.raw() && type.equals("Notification")) {
            request.header("x-amz-sns-rawdelivery", "true");
        }
        threads.execute(() -> postWithRetries(request.build(), messageId));
    }

    private void postWithRetries(HttpRequest request, String messageId) {
        try {
            for (var pause : PAUSES) {
                if (accepted(request)) {
                    return;
                }
                Thread.sleep(pause);
            }
            if (!accepted(request)) {
                LOG.atWarn().addKeyValue("endpoint", request.uri()).addKeyValue("messageId", messageId)
                        .log("sns message given up");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean accepted(HttpRequest request) throws InterruptedException {
        try {
            int status = http.send(request, BodyHandlers.discarding()).statusCode();
            return status >= 200 && status < 300;
        } catch (IOException e) {
            LOG.atDebug().addKeyValue("endpoint", request.uri()).addKeyValue("error", e.toString())
                    .log("sns delivery failed");
            return false;
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
