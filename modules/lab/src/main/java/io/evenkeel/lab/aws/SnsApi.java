package io.evenkeel.lab.aws;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** SNS, version 2010-03-31: standard topics with subscribers over plain HTTP. */
final class SnsApi implements ServiceApi {
    private static final int PAGE = 100;

    private final SnsTopics topics;
    private final SnsDelivery delivery;
    private final Consumer<String> listener;

    SnsApi(SnsTopics topics, SnsDelivery delivery, Consumer<String> listener) {
        this.topics = topics;
        this.delivery = delivery;
        this.listener = listener;
    }

    @Override
    public AwsResponse handle(AwsRequest request) {
        return switch (request.action()) {
            case "CreateTopic" -> createTopic(request);
            case "ListTopics" -> listTopics(request);
            case "GetTopicAttributes" -> topicAttributes(request);
            case "Subscribe" -> subscribe(request);
            case "ConfirmSubscription" -> {
                var confirmed = topics.confirm(required(request, "TopicArn"), required(request, "Token"));
                listener.accept("sns: subscription confirmed by " + confirmed.endpoint());
                yield AwsResponse.query(request, result -> result.text("SubscriptionArn", confirmed.arn()));
            }
            case "ListSubscriptions" -> listSubscriptions(request, topics.subscriptions());
            case "ListSubscriptionsByTopic" ->
                listSubscriptions(request, topics.subscriptions(required(request, "TopicArn")));
            case "Unsubscribe" -> {
                topics.unsubscribe(required(request, "SubscriptionArn"));
                yield AwsResponse.emptyQuery(request);
            }
            case "Publish" -> publish(request);
            default -> throw ServiceApi.unknown(request);
        };
    }

    private AwsResponse createTopic(AwsRequest request) {
        if (request.parameters().keySet().stream().anyMatch(name -> name.startsWith("Attributes."))) {
            throw SnsTopics.invalid("Attributes Reason: the lab has standard topics without attributes");
        }
        var arn = topics.create(request.region(), required(request, "Name"));
        return AwsResponse.query(request, result -> result.text("TopicArn", arn));
    }

    private AwsResponse listTopics(AwsRequest request) {
        var page = Page.of(topics.list(request.region()), request.parameter("NextToken"), PAGE);
        return AwsResponse.query(request,
                result -> result.list("Topics", "member", page.items(), (out, arn) -> out.text("TopicArn", arn))
                        .textIfPresent("NextToken", page.nextToken().orElse(null)));
    }

    private AwsResponse topicAttributes(AwsRequest request) {
        var arn = topics.require(required(request, "TopicArn"));
        var subscriptions = topics.subscriptions(arn);
        long confirmed = subscriptions.stream().filter(SnsSubscription::confirmed).count();
        var attributes = new TreeMap<>(Map.of("TopicArn", arn, "Owner", arn.split(":", -1)[4], "DisplayName", "",
                "SubscriptionsConfirmed", Long.toString(confirmed), "SubscriptionsPending",
                Long.toString(subscriptions.size() - confirmed), "SubscriptionsDeleted", "0"));
        return AwsResponse.query(request,
                result -> result.list("Attributes", "entry", attributes.entrySet(),
                        (out, entry) -> out.text("key", entry.getKey()).text("value", entry.getValue())));
    }

    private AwsResponse subscribe(AwsRequest request) {
        if (!required(request, "Protocol").equals("http")) {
            throw SnsTopics.invalid("Protocol Reason: the lab delivers over http only");
        }
        boolean raw = false;
        for (int i = 1; request.parameter("Attributes.entry." + i + ".key").isPresent(); i++) {
            if (!request.required("Attributes.entry." + i + ".key").equals("RawMessageDelivery")) {
                throw SnsTopics.invalid("Attributes Reason: the lab knows RawMessageDelivery only");
            }
            raw = request.flag("Attributes.entry." + i + ".value", false);
        }
        var subscription = topics.subscribe(required(request, "TopicArn"), required(request, "Endpoint"), raw);
        if (!subscription.confirmed()) {
            delivery.requestConfirmation(subscription);
        }
        var arn = subscription.confirmed() || request.flag("ReturnSubscriptionArn", false)
                ? subscription.arn()
                : "pending confirmation";
        return AwsResponse.query(request, result -> result.text("SubscriptionArn", arn));
    }

    private AwsResponse listSubscriptions(AwsRequest request, List<SnsSubscription> all) {
        var page = Page.of(all, request.parameter("NextToken"), PAGE);
        return AwsResponse.query(request,
                result -> result.list("Subscriptions", "member", page.items(),
                        (out, one) -> out
                                .text("SubscriptionArn", one.confirmed() ? one.arn() : "PendingConfirmation")
                                .text("Owner", one.topicArn().split(":", -1)[4]).text("Protocol", "http")
                                .text("Endpoint", one.endpoint()).text("TopicArn", one.topicArn()))
                        .textIfPresent("NextToken", page.nextToken().orElse(null)));
    }

    private AwsResponse publish(AwsRequest request) {
        var topicArn = topics.require(request.parameter("TopicArn").or(() -> request.parameter("TargetArn"))
                .orElseThrow(() -> SnsTopics.invalid("TopicArn or TargetArn Reason: no value for required parameter")));
        var message = SnsMessage.read(request, topicArn);
        var receivers = topics.subscriptions(topicArn).stream().filter(SnsSubscription::confirmed).toList();
        receivers.forEach(receiver -> delivery.deliver(message, receiver));
        listener.accept("sns: published to " + topicArn.substring(topicArn.lastIndexOf(':') + 1) + ", "
                + receivers.size() + " receivers: " + message.subject().orElse("no subject"));
        return AwsResponse.query(request, result -> result.text("MessageId", message.id()));
    }

    private static String required(AwsRequest request, String name) {
        return request.parameter(name).orElseThrow(
                () -> SnsTopics.invalid(name + " Reason: no value for required parameter"));
    }
}
