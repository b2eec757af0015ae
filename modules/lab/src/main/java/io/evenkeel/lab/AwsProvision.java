package io.evenkeel.lab;

import java.net.URI;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.HealthCheckType;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;
import software.amazon.awssdk.services.route53.model.ResourceRecordSetFailover;
import software.amazon.awssdk.services.sns.SnsClient;

/** What a user has made on AWS before Evenkeel runs: zone, health check, records, topic, bus. Through the real SDK. */
final class AwsProvision {

    private static final long TTL_SECONDS = 5;

    private final URI endpoint;

    AwsProvision(URI endpoint) {
        this.endpoint = endpoint;
    }

    /** @param healthCheckId the pipeline's switch; empty with strategy record-set */
    record Made(String hostedZoneId, String healthCheckId, String topicArn) {}

    private <B extends AwsClientBuilder<B, C>, C> C client(B builder) {
        return client(builder, endpoint);
    }

    /** A client of the lab's endpoint, with any credentials. */
    static <B extends AwsClientBuilder<B, C>, C> C client(B builder, URI endpoint) {
        return builder.endpointOverride(endpoint).region(Region.of(LabPlan.REGION))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("lab", "lab")))
                .build();
    }

    /**
     * Makes everything.
     *
     * @param subscriber where SNS delivers to
     */
    Made make(LabDnsStrategy strategy, URI subscriber) {
        String topicArn;
        try (var sns = client(SnsClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()));
                var events = client(
                        EventBridgeClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()))) {
            topicArn = sns.createTopic(request -> request.name(LabPlan.TOPIC)).topicArn();
            String arn = topicArn;
            sns.subscribe(request -> request.topicArn(arn).protocol("http").endpoint(subscriber.toString()));
            events.createEventBus(request -> request.name(LabPlan.EVENT_BUS));
        }
        try (var route53 = client(Route53Client.builder().httpClientBuilder(UrlConnectionHttpClient.builder()))) {
            String zone = route53
                    .createHostedZone(request -> request.name(LabPlan.DNS_ZONE).callerReference("evenkeel-lab"))
                    .hostedZone().id();
            String healthCheck = strategy == LabDnsStrategy.HEALTH_CHECK ? createSwitch(route53) : "";
            var records = strategy == LabDnsStrategy.HEALTH_CHECK ? failoverPair(healthCheck) : List.of(simpleRecord());
            route53.changeResourceRecordSets(request -> request.hostedZoneId(zone).changeBatch(batch -> batch.changes(
                    records.stream()
                            .map(set -> Change.builder().action(ChangeAction.CREATE).resourceRecordSet(set).build())
                            .toList())));
            return new Made(zone.substring(zone.lastIndexOf('/') + 1), healthCheck, topicArn);
        }
    }

    /** CALCULATED with threshold 0: always healthy, until the pipeline inverts it. */
    private static String createSwitch(Route53Client route53) {
        return route53.createHealthCheck(request -> request.callerReference("evenkeel-lab-" + LabPlan.SERVICE)
                .healthCheckConfig(check -> check.type(HealthCheckType.CALCULATED).healthThreshold(0)
                        .childHealthChecks(List.of())))
                .healthCheck().id();
    }

    private static List<ResourceRecordSet> failoverPair(String healthCheckId) {
        return List.of(
                record(LabPlan.primaryAddresses()).toBuilder().setIdentifier("primary")
                        .failover(ResourceRecordSetFailover.PRIMARY).healthCheckId(healthCheckId).build(),
                record(List.of(LabPlan.standbyHost())).toBuilder().setIdentifier("standby")
                        .failover(ResourceRecordSetFailover.SECONDARY).build());
    }

    private static ResourceRecordSet simpleRecord() {
        return record(LabPlan.primaryAddresses());
    }

    private static ResourceRecordSet record(List<String> addresses) {
        return ResourceRecordSet.builder().name(LabPlan.DNS_NAME).type(RRType.A).ttl(TTL_SECONDS)
                .resourceRecords(
                        addresses.stream().map(address -> ResourceRecord.builder().value(address).build()).toList())
                .build();
    }
}
