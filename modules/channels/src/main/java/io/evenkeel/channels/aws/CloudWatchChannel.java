package io.evenkeel.channels.aws;

import io.evenkeel.channels.Channel;
import io.evenkeel.core.notification.Notification;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.StandardUnit;

/**
 * A dead-man's switch on CloudWatch: one datum for each heartbeat, for an alarm to which missing data are breaching. API
 * reference of PutMetricData.
 */
final class CloudWatchChannel implements Channel {

    static final String DIMENSION = "Deployment";

    private final CloudWatchClient cloudWatch;
    private final AwsChannels.Metric metric;
    private final List<AutoCloseable> owned;

    /** @param owned closed with it, in order */
    CloudWatchChannel(CloudWatchClient cloudWatch, AwsChannels.Metric metric, List<AutoCloseable> owned) {
        this.cloudWatch = cloudWatch;
        this.metric = metric;
        this.owned = owned;
    }

    @Override
    public Receipt send(Notification notification) {
        if (notification.kind() != Notification.Kind.HEARTBEAT) {
            return Receipt.Refused.noHeartbeat(notification.kind());
        }
        try {
            // The answer has nothing but the request's id.
            var answer = cloudWatch.putMetricData(
                    request -> request.namespace(metric.namespace()).metricData(datum(notification)));
            return new Receipt.Taken(String.valueOf(answer.responseMetadata().requestId()));
        } catch (SdkException e) {
            return AwsFailures.of(e);
        }
    }

    private MetricDatum datum(Notification notification) {
        return MetricDatum.builder().metricName(metric.name()).value(1.0).unit(StandardUnit.COUNT)
                .timestamp(notification.at())
                .dimensions(Dimension.builder().name(DIMENSION).value(metric.deployment()).build()).build();
    }

    @Override
    public void close() {
        AwsChannels.closeAll(owned);
    }

    @Override
    public String toString() {
        return "CloudWatch metric " + metric.namespace() + " " + metric.name() + " of " + metric.deployment();
    }
}
