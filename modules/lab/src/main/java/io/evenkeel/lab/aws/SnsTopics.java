package io.evenkeel.lab.aws;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;

/** Topics and subscriptions. Safe for any thread; refuses with AWS's errors. */
final class SnsTopics {
    private final String accountId;
    private final TreeSet<String> topics = new TreeSet<>();
    private final Map<String, SnsSubscription> subscriptions = new LinkedHashMap<>();

    SnsTopics(String accountId) {
        this.accountId = accountId;
    }

    /** Gives the topic of that name, made or found. */
    synchronized String create(String region, String name) {
        if (!name.matches("[A-Za-z0-9_-]{1,256}")) {
            throw invalid("Topic Name");
        }
        var arn = "arn:aws:sns:" + region + ":" + accountId + ":" + name;
        topics.add(arn);
        return arn;
    }

    synchronized List<String> list(String region) {
        return topics.stream().filter(arn -> arn.startsWith("arn:aws:sns:" + region + ":")).toList();
    }

    synchronized String require(String topicArn) {
        if (!topicArn.matches("arn:aws:sns:[a-z0-9-]+:\\d{12}:[A-Za-z0-9_-]{1,256}")) {
            throw invalid(
                    "TopicArn Reason: An ARN must have at least 6 elements, not " + topicArn.split(":", -1).length);
        }
        if (!topics.contains(topicArn)) {
            throw new AwsFault(404, "NotFound", "Topic does not exist");
        }
        return topicArn;
    }

    /** The subscription of that endpoint, made or found. */
    synchronized SnsSubscription subscribe(String topicArn, String endpoint, boolean raw) {
        require(topicArn);
        requireLoopback(endpoint);
        var existing = subscriptions(topicArn).stream().filter(other -> other.endpoint().equals(endpoint)).findFirst();
        return existing.orElseGet(() -> {
            var made = new SnsSubscription(topicArn + ":" + UUID.randomUUID(), topicArn, endpoint,
                    UUID.randomUUID().toString().replace("-", ""), false, raw);
            subscriptions.put(made.arn(), made);
            return made;
        });
    }

    private static void requireLoopback(String endpoint) {
        URI uri;
        try {
            uri = URI.create(endpoint);
        } catch (IllegalArgumentException e) {
            throw invalid("Endpoint");
        }
        var host = Optional.ofNullable(uri.getHost()).orElse("");
        if (!"http".equals(uri.getScheme())) {
            throw invalid("Endpoint must match the specified protocol");
        }
        if (!host.matches("127(\\.\\d{1,3}){3}") && !host.equals("localhost")) {
            throw invalid("Endpoint: the lab delivers to loopback addresses only, not to '" + host + "'");
        }
    }

    synchronized SnsSubscription confirm(String topicArn, String token) {
        require(topicArn);
        var found = subscriptions(topicArn).stream().filter(other -> other.token().equals(token)).findFirst()
                .orElseThrow(() -> invalid("Token"));
        subscriptions.put(found.arn(), found.confirm());
        return found.confirm();
    }

    synchronized void unsubscribe(String subscriptionArn) {
        if (subscriptionArn.split(":", -1).length != 7) {
            throw invalid("SubscriptionArn");
        }
        subscriptions.remove(subscriptionArn);
    }

    synchronized List<SnsSubscription> subscriptions() {
        return List.copyOf(subscriptions.values());
    }

    synchronized List<SnsSubscription> subscriptions(String topicArn) {
        require(topicArn);
        return subscriptions.values().stream().filter(one -> one.topicArn().equals(topicArn)).toList();
    }

    static AwsFault invalid(String what) {
        return new AwsFault(400, "InvalidParameter", "Invalid parameter: " + what);
    }
}
