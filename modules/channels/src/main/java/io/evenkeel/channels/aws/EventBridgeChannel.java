package io.evenkeel.channels.aws;

import io.evenkeel.channels.Channel;
import io.evenkeel.channels.content.NotificationJson;
import io.evenkeel.channels.content.Texts;
import io.evenkeel.core.alert.Alert;
import io.evenkeel.core.notification.Notification;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

/** One EventBridge bus: source {@value #SOURCE}, detail-type {@value #DETAIL_TYPE}. API reference of PutEvents. */
final class EventBridgeChannel implements Channel {

    static final String SOURCE = "evenkeel";
    static final String DETAIL_TYPE = "Evenkeel Notification";
    /** An entry may have 256 KiB; its other fields are small. */
    static final int MAX_DETAIL_BYTES = 240 * 1024;

    private static final int MAX_RESOURCE = 255;

    private final EventBridgeClient eventBridge;
    private final String bus;
    private final List<AutoCloseable> owned;

    /** @param owned closed with it, in order */
    EventBridgeChannel(EventBridgeClient eventBridge, String bus, List<AutoCloseable> owned) {
        this.eventBridge = eventBridge;
        this.bus = bus;
        this.owned = owned;
    }

    @Override
    public Receipt send(Notification notification) {
        try {
            var answer = eventBridge.putEvents(request -> request.entries(entry(notification)));
            return answer.entries().isEmpty()
                    ? new Receipt.Later("PutEvents answered without entries", Optional.empty())
                    : receipt(answer.entries().getFirst());
        } catch (SdkException e) {
            return AwsFailures.of(e);
        }
    }

    private PutEventsRequestEntry entry(Notification notification) {
        return PutEventsRequestEntry.builder().eventBusName(bus).source(SOURCE).detailType(DETAIL_TYPE)
                .time(notification.at())
                .detail(NotificationJson.text(NotificationJson.fitting(notification, MAX_DETAIL_BYTES)))
                .resources(notification.alerts().stream().map(Alert::subject).distinct()
                        .map(subject -> Texts.cut(Texts.oneLine(subject), MAX_RESOURCE)).toList())
                .build();
    }

    /** PutEvents answers 200 also when it took nothing. */
    private static Receipt receipt(PutEventsResultEntry entry) {
        String code = entry.errorCode();
        if (code == null || code.isEmpty()) {
            return new Receipt.Taken(String.valueOf(entry.eventId()));
        }
        String detail = AwsFailures.detail(code + ": " + entry.errorMessage());
        return AwsFailures.BAD_MESSAGE.contains(code)
                ? new Receipt.Refused(detail)
                : new Receipt.Later(detail, Optional.empty());
    }

    @Override
    public void close() {
        AwsChannels.closeAll(owned);
    }

    @Override
    public String toString() {
        return "EventBridge bus " + bus;
    }
}
