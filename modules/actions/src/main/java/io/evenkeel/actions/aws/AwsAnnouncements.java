package io.evenkeel.actions.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenkeel.actions.Announcement;
import io.evenkeel.actions.Announcements;
import io.evenkeel.actions.CallFailure;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;
import software.amazon.awssdk.services.eventbridge.model.ResourceNotFoundException;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;

/** Announces on one SNS topic and one EventBridge bus. */
final class AwsAnnouncements implements Announcements {

    /** SNS allows 256 KiB with the attributes; these are short. */
    private static final int MAX_MESSAGE_BYTES = 250 * 1024;

    private static final int MAX_SUBJECT = 100;

    /** EventBridge: anything else does not get better by repeating it. */
    private static final Set<String> RETRYABLE = Set.of("InternalFailure", "InternalException", "ThrottlingException");

    private static final Set<String> BAD_MESSAGE = Set.of("InvalidParameter", "InvalidParameterValue",
            "ParameterValueInvalid", "ValidationError",
            "ValidationException", "MalformedDetail", "EventSizeExceededException");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final SnsClient sns;
    private final EventBridgeClient eventBridge;
    private final Optional<String> topicArn;
    private final Optional<String> busName;

    AwsAnnouncements(SnsClient sns, EventBridgeClient eventBridge, Optional<String> topicArn,
            Optional<String> busName) {
        this.sns = sns;
        this.eventBridge = eventBridge;
        this.topicArn = topicArn;
        this.busName = busName;
    }

    /** A bus that cannot be asked for now is taken to be there: AWS being away must not keep a process from starting. */
    static void requireBus(EventBridgeClient client, String bus) {
        try {
            client.describeEventBus(request -> request.name(bus));
        } catch (ResourceNotFoundException e) {
            throw new IllegalStateException("announce.eventBus: there is no EventBridge bus '" + bus + "'", e);
        } catch (SdkException e) {
            org.slf4j.LoggerFactory.getLogger(AwsAnnouncements.class).atWarn().addKeyValue("bus", bus)
                    .addKeyValue("error", e.getMessage()).log("could not ask whether the event bus exists");
        }
    }

    @Override
    public Acceptance publish(Announcement announcement) {
        if (topicArn.isEmpty()) {
            return new Acceptance.NotConfigured();
        }
        try {
            return new Acceptance.Accepted(sns.publish(request -> request.topicArn(topicArn.get())
                    .subject(subject(announcement.title())).message(fitting(announcement.text()))
                    .messageAttributes(attributes(announcement))).messageId());
        } catch (SdkException e) {
            return failure(e);
        }
    }

    @Override
    public Acceptance put(Announcement announcement) {
        if (busName.isEmpty()) {
            return new Acceptance.NotConfigured();
        }
        try {
            var detail = JSON.writeValueAsString(announcement.detail());
            var entry = PutEventsRequestEntry.builder().eventBusName(busName.get()).source("evenkeel")
                    .detailType(announcement.detailType()).detail(detail).resources(announcement.subject()).build();
            var answer = eventBridge.putEvents(request -> request.entries(entry));
            return acceptance(answer.failedEntryCount(), answer.entries().getFirst());
        } catch (SdkException e) {
            return failure(e);
        } catch (JsonProcessingException e) {
            return new Acceptance.Rejected("no JSON: " + e.getOriginalMessage());
        }
    }

    /** PutEvents answers 200 also when it took nothing. */
    private static Acceptance acceptance(Integer failed, PutEventsResultEntry entry) {
        if (failed == null || failed == 0) {
            return new Acceptance.Accepted(entry.eventId());
        }
        var code = String.valueOf(entry.errorCode());
        var detail = code + ": " + entry.errorMessage();
        if (RETRYABLE.contains(code)) {
            return new CallFailure.Throttled(detail);
        }
        return BAD_MESSAGE.contains(code) ? new Acceptance.Rejected(detail) : new CallFailure.Denied(detail);
    }

    private static Acceptance failure(SdkException failure) {
        return failure instanceof AwsServiceException answer && answer.statusCode() < 500
                && BAD_MESSAGE.contains(AwsFailures.code(answer))
                        ? new Acceptance.Rejected(AwsFailures.code(answer) + ": " + AwsFailures.message(answer))
                        : AwsFailures.of(failure);
    }

    private static Map<String, MessageAttributeValue> attributes(Announcement announcement) {
        var attributes = new LinkedHashMap<String, MessageAttributeValue>();
        attributes.put("kind", text(announcement.kind()));
        attributes.put("subject", text(announcement.subject()));
        attributes.put("severity", text(announcement.severity()));
        attributes.put("key", text(announcement.key()));
        attributes.put("recogniser", text(announcement.recogniser()));
        return attributes;
    }

    /** SNS refuses an attribute without a value. */
    private static MessageAttributeValue text(String value) {
        return MessageAttributeValue.builder().dataType("String").stringValue(value.isEmpty() ? "-" : value).build();
    }

    /** SNS takes printable ASCII only in a subject, and it must begin with a letter, digit or punctuation mark. */
    private static String subject(String title) {
        var ascii = title.replaceAll("[^\\x20-\\x7e]", "?").strip();
        return ascii.isEmpty() ? "evenkeel" : ascii.substring(0, Math.min(ascii.length(), MAX_SUBJECT));
    }

    /** Cut at a character's begin: in UTF-8 the bytes 10xxxxxx go on with one. */
    private static String fitting(String text) {
        var bytes = text.getBytes(UTF_8);
        if (bytes.length <= MAX_MESSAGE_BYTES) {
            return text.isEmpty() ? "-" : text;
        }
        int end = MAX_MESSAGE_BYTES;
        while ((bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        return new String(bytes, 0, end, UTF_8);
    }
}
