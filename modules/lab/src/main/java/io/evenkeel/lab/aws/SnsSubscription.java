package io.evenkeel.lab.aws;

/**
 * An HTTP endpoint that wants a topic's messages.
 *
 * @param token proves that whoever confirms received the confirmation request
 * @param raw the message alone is the body, without the JSON around it
 */
record SnsSubscription(String arn, String topicArn, String endpoint, String token, boolean confirmed, boolean raw) {

    SnsSubscription confirm() {
        return new SnsSubscription(arn, topicArn, endpoint, token, true, raw);
    }
}
