package io.evenkeel.lab.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.InvalidParameterException;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.NotFoundException;

class SnsTest {
    private final AwsEndpoint aws = AwsEndpoint.start(AwsEndpointSettings.defaults(), new RecordingLauncher());
    private final SnsClient client = new SdkClients(aws.uri()).sns();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private final HttpServer subscriber = subscriber();
    private final String topic = client.createTopic(r -> r.name("alerts")).topicArn();

    private record Received(String type, String topicArn, JsonNode body) {}

    @BeforeEach
    void start() {
        subscriber.start();
    }

    @AfterEach
    void close() {
        subscriber.stop(0);
        client.close();
        aws.close();
    }

    @Test
    void aTopicIsCreatedOnce() {
        assertThat(client.createTopic(r -> r.name("alerts")).topicArn()).isEqualTo(topic)
                .isEqualTo("arn:aws:sns:us-east-1:123456789012:alerts");
        assertThat(client.listTopics().topics()).hasSize(1);
        assertThat(client.getTopicAttributes(r -> r.topicArn(topic)).attributes())
                .containsEntry("TopicArn", topic).containsEntry("SubscriptionsConfirmed", "0");
        assertThatThrownBy(() -> client.publish(r -> r.topicArn(topic + "x").message("m")))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void onlyAConfirmedSubscriberReceivesAndTheMessageIsAsPublished() throws Exception {
        subscribe();
        client.publish(r -> r.topicArn(topic).message("too early"));
        confirm();

        var id = client.publish(r -> r.topicArn(topic).subject("node down").message("{\"node\":\"é\"}")
                .messageAttributes(Map.of("severity",
                        MessageAttributeValue.builder().dataType("String").stringValue("page").build())))
                .messageId();

        await().untilAsserted(() -> assertThat(received).hasSize(2));
        var notification = received.getLast();
        assertThat(notification.type()).isEqualTo("Notification");
        assertThat(notification.topicArn()).isEqualTo(topic);
        assertThat(notification.body().path("MessageId").asText()).isEqualTo(id);
        assertThat(notification.body().path("Subject").asText()).isEqualTo("node down");
        assertThat(notification.body().path("Message").asText()).isEqualTo("{\"node\":\"é\"}");
        assertThat(notification.body().at("/MessageAttributes/severity/Value").asText()).isEqualTo("page");
    }

    @Test
    void aRefusedMessageIsDeliveredAgain() throws Exception {
        subscribe();
        confirm();
        refusals.set(1);
        client.publish(r -> r.topicArn(topic).message("again"));
        await().untilAsserted(() -> assertThat(received).hasSize(3));
        assertThat(received.get(1).body()).isEqualTo(received.get(2).body());
    }

    @Test
    void thoseWhoUnsubscribedReceiveNothingMore() throws Exception {
        subscribe();
        confirm();
        var arn = client.listSubscriptionsByTopic(r -> r.topicArn(topic)).subscriptions().getFirst().subscriptionArn();
        assertThat(arn).startsWith(topic + ":");
        client.unsubscribe(r -> r.subscriptionArn(arn));
        client.publish(r -> r.topicArn(topic).message("nobody"));
        assertThat(client.listSubscriptions().subscriptions()).isEmpty();
        assertThat(received).hasSize(1);
    }

    @Test
    void whatSnsRefusesIsRefused() {
        assertThatThrownBy(() -> client.publish(r -> r.topicArn(topic).subject("two\nlines").message("m")))
                .isInstanceOf(InvalidParameterException.class).hasMessageContaining("Invalid parameter: Subject");
        assertThatThrownBy(() -> client.publish(r -> r.topicArn(topic).subject("s".repeat(101)).message("m")))
                .isInstanceOf(InvalidParameterException.class);
        assertThatThrownBy(() -> client.publish(r -> r.topicArn(topic).message("m".repeat(262_145))))
                .isInstanceOf(InvalidParameterException.class).hasMessageContaining("Message too long");
        assertThat(client.publish(r -> r.topicArn(topic).message("m".repeat(262_144))).messageId()).isNotEmpty();
        assertThatThrownBy(
                () -> client.publish(r -> r.topicArn(topic).messageStructure("json").message("{\"http\":\"x\"}")))
                .hasMessageContaining("No default entry");
        assertThatThrownBy(() -> client
                .subscribe(r -> r.topicArn(topic).protocol("http").endpoint("http://192.0.2.1/hook")))
                .isInstanceOf(InvalidParameterException.class).hasMessageContaining("loopback");
    }

    private void subscribe() {
        var answer = client.subscribe(r -> r.topicArn(topic).protocol("http")
                .endpoint("http://127.0.0.1:" + subscriber.getAddress().getPort() + "/hook"));
        assertThat(answer.subscriptionArn()).isEqualTo("pending confirmation");
        await().untilAsserted(() -> assertThat(received).hasSize(1));
        assertThat(received.getFirst().type()).isEqualTo("SubscriptionConfirmation");
    }

    /** As a subscriber does: follows the link, without credentials. */
    private void confirm() throws IOException, InterruptedException {
        var link = URI.create(received.getFirst().body().path("SubscribeURL").asText());
        try (var http = HttpClient.newHttpClient()) {
            assertThat(http.send(HttpRequest.newBuilder(link).build(), BodyHandlers.ofString()).statusCode())
                    .isEqualTo(200);
        }
    }

    private HttpServer subscriber() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
            server.createContext("/hook", this::receive);
            return server;
        } catch (IOException e) {
            throw new AssertionError("no port", e);
        }
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            var headers = exchange.getRequestHeaders();
            received.add(new Received(String.valueOf(headers.getFirst("x-amz-sns-message-type")),
                    String.valueOf(headers.getFirst("x-amz-sns-topic-arn")),
                    new JsonMapper().readTree(exchange.getRequestBody())));
            boolean refused = refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
            exchange.sendResponseHeaders(refused ? 503 : 204, -1);
        }
    }
}
