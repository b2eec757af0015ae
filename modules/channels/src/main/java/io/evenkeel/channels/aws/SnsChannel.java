package io.evenkeel.channels.aws;

import io.evenkeel.channels.Channel;
import io.evenkeel.core.notification.Notification;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sns.SnsClient;

/** One SNS topic. */
final class SnsChannel implements Channel {

    private final SnsClient sns;
    private final String topicArn;
    private final List<AutoCloseable> owned;

    /** @param owned closed with it, in order */
    SnsChannel(SnsClient sns, String topicArn, List<AutoCloseable> owned) {
        this.sns = sns;
        this.topicArn = topicArn;
        this.owned = owned;
    }

    @Override
    public Receipt send(Notification notification) {
        try {
            return new Receipt.Taken(String.valueOf(sns.publish(SnsMessage.of(topicArn, notification)).messageId()));
        } catch (SdkException e) {
            return AwsFailures.of(e);
        }
    }

    @Override
    public void close() {
        AwsChannels.closeAll(owned);
    }

    @Override
    public String toString() {
        return "SNS topic " + topicArn;
    }
}
