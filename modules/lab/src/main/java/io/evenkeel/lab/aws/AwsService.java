package io.evenkeel.lab.aws;

import java.util.Optional;

/** The services of the endpoint: the name in a SigV4 credential scope, the wire protocol, the XML namespace. */
enum AwsService {
    /** Amazon EC2 Auto Scaling. */
    AUTO_SCALING("autoscaling", Protocol.QUERY, "http://autoscaling.amazonaws.com/doc/2011-01-01/"),
    /** Hosted zones and health checks. */
    ROUTE53("route53", Protocol.REST_XML, "https://route53.amazonaws.com/doc/2013-04-01/"),
    /** Topics. */
    SNS("sns", Protocol.QUERY, "http://sns.amazonaws.com/doc/2010-03-31/"),
    /** Event buses. */
    EVENT_BRIDGE("events", Protocol.JSON, ""),
    /** Who the caller is. */
    STS("sts", Protocol.QUERY, "https://sts.amazonaws.com/doc/2011-06-15/");

    /** How requests and answers look on the wire. */
    enum Protocol {
        QUERY, REST_XML, JSON
    }

    private final String scope;
    private final Protocol protocol;
    private final String namespace;

    AwsService(String scope, Protocol protocol, String namespace) {
        this.scope = scope;
        this.protocol = protocol;
        this.namespace = namespace;
    }

    static Optional<AwsService> ofScope(String scope) {
        for (var service : values()) {
            if (service.scope.equals(scope)) {
                return Optional.of(service);
            }
        }
        return Optional.empty();
    }

    String scope() {
        return scope;
    }

    Protocol protocol() {
        return protocol;
    }

    String namespace() {
        return namespace;
    }
}
