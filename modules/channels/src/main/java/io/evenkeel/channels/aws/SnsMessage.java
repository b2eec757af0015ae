package io.evenkeel.channels.aws;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.evenkeel.channels.content.Content;
import io.evenkeel.channels.content.Digest;
import io.evenkeel.channels.content.Facets;
import io.evenkeel.channels.content.PlainText;
import io.evenkeel.channels.content.Texts;
import io.evenkeel.core.alert.Labels;
import io.evenkeel.core.notification.Notification;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.PublishRequest;

/** A notification as SNS takes it: API reference of Publish, and "Amazon SNS message attributes" for filter policies. */
final class SnsMessage {

    /** A subject is printable ASCII that begins with a letter, digit or punctuation mark. */
    static final int MAX_SUBJECT = 100;
    /** SNS allows 256 KiB with the attributes; these are a few KiB at most. */
    static final int MAX_MESSAGE_BYTES = 240 * 1024;

    private static final int MAX_ATTRIBUTE = 255;
    private static final ObjectMapper JSON = new ObjectMapper();

    private SnsMessage() {}

    static PublishRequest of(String topicArn, Notification notification) {
        var content = Content.of(notification);
        var request = PublishRequest.builder().topicArn(topicArn)
                .subject(Texts.cut(Texts.ascii(content.headline()), MAX_SUBJECT))
                .message(Texts.fitting(PlainText.of(content), MAX_MESSAGE_BYTES))
                .messageAttributes(attributes(notification));
        if (topicArn.endsWith(".fifo")) {
            // An incident's notifications stay in order, and a repeat within 5 minutes is dropped.
            request.messageGroupId(Digest.of(notification.incident()))
                    .messageDeduplicationId(Digest.of(notification.id()));
        }
        return request.build();
    }

    private static Map<String, MessageAttributeValue> attributes(Notification notification) {
        var attributes = new LinkedHashMap<String, MessageAttributeValue>();
        attributes.put("kind", text(notification.kind().name()));
        attributes.put("severity", text(notification.severity().label()));
        attributes.put("incident", text(notification.incident()));
        attributes.put("id", text(notification.id()));
        attributes.put("cluster", several(Facets.of(notification, Labels.CLUSTER)));
        attributes.put("name", several(Facets.of(notification, Labels.NAME)));
        return attributes;
    }

    /** SNS refuses an attribute without a value. */
    private static MessageAttributeValue text(String value) {
        String line = Texts.cut(Texts.oneLine(value), MAX_ATTRIBUTE);
        return MessageAttributeValue.builder().dataType("String").stringValue(line.isEmpty() ? "-" : line).build();
    }

    /** Of an array a filter policy matches any element. */
    private static MessageAttributeValue several(List<String> values) {
        if (values.size() < 2) {
            return text(values.isEmpty() ? "" : values.getFirst());
        }
        ArrayNode array = JSON.createArrayNode();
        values.forEach(value -> array.add(Texts.cut(value, MAX_ATTRIBUTE)));
        return MessageAttributeValue.builder().dataType("String.Array").stringValue(array.toString()).build();
    }
}
