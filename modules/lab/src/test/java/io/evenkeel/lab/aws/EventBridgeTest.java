package io.evenkeel.lab.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.EventBridgeException;
import software.amazon.awssdk.services.eventbridge.model.EventBus;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.ResourceAlreadyExistsException;
import software.amazon.awssdk.services.eventbridge.model.ResourceNotFoundException;

class EventBridgeTest {
    private final AwsEndpoint aws = AwsEndpoint.start(AwsEndpointSettings.defaults(), new RecordingLauncher());
    private final EventBridgeClient client = new SdkClients(aws.uri()).eventBridge();

    @AfterEach
    void close() {
        client.close();
        aws.close();
    }

    @Test
    void acceptedEventsCanBeRead() {
        client.createEventBus(r -> r.name("evenkeel"));
        assertThat(client.listEventBuses(r -> r.limit(10)).eventBuses()).extracting(EventBus::name).containsExactly(
                "default",
                "evenkeel");
        var answer = client.putEvents(r -> r.entries(entry("{\"node\":\"data-1\"}")));
        assertThat(answer.failedEntryCount()).isZero();
        assertThat(aws.events()).singleElement().satisfies(event -> {
            assertThat(event.id()).isEqualTo(answer.entries().getFirst().eventId());
            assertThat(event.bus()).isEqualTo("evenkeel");
            assertThat(event.source()).isEqualTo("io.evenkeel");
            assertThat(event.detailType()).isEqualTo("Node replaced");
            assertThat(event.detail()).isEqualTo("{\"node\":\"data-1\"}");
        });
    }

    @Test
    void anEventForAMissingBusIsAcceptedAndLost() {
        assertThat(client.putEvents(r -> r.entries(entry("{}"))).failedEntryCount()).isZero();
        assertThat(aws.events()).isEmpty();
        assertThatThrownBy(() -> client.describeEventBus(r -> r.name("evenkeel")))
                .isInstanceOf(ResourceNotFoundException.class).hasMessageContaining("evenkeel does not exist");
    }

    @Test
    void aBadEntryIsRefusedByItself() {
        client.createEventBus(r -> r.name("evenkeel"));
        var answer = client.putEvents(r -> r.entries(entry("no json"), entry("{}"),
                entry("{}").toBuilder().source(null).build(), entry("[1]")));
        assertThat(answer.failedEntryCount()).isEqualTo(3);
        assertThat(answer.entries()).extracting("errorCode").containsExactly("MalformedDetail", null,
                "InvalidArgument", "MalformedDetail");
        assertThat(aws.events()).hasSize(1);
        assertThatThrownBy(() -> client.createEventBus(r -> r.name("evenkeel")))
                .isInstanceOf(ResourceAlreadyExistsException.class);
    }

    @Test
    void moreThanTenEntriesAreRefusedAltogether() {
        assertThatThrownBy(() -> client
                .putEvents(r -> r.entries(IntStream.range(0, 11).mapToObj(_ -> entry("{}")).toList())))
                .isInstanceOf(EventBridgeException.class).hasMessageContaining("between 1 and 10");
    }

    private static PutEventsRequestEntry entry(String detail) {
        return PutEventsRequestEntry.builder().eventBusName("evenkeel").source("io.evenkeel")
                .detailType("Node replaced").detail(detail).build();
    }
}
