package io.evenkeel.lab.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingException;

class AwsEndpointTest {
    private final AwsEndpoint aws = AwsEndpoint.start(AwsEndpointSettings.defaults(), new RecordingLauncher());
    private final AutoScalingClient client = new SdkClients(aws.uri()).autoScaling();

    @AfterEach
    void close() {
        client.close();
        aws.close();
    }

    @Test
    void everyCallIsInTheJournalWithItsParametersAndItsEnd() throws Exception {
        client.describeAutoScalingGroups(r -> r.autoScalingGroupNames("data"));
        assertThatThrownBy(() -> client.setInstanceHealth(r -> r.instanceId("i-1").healthStatus("Unhealthy")))
                .isInstanceOf(AutoScalingException.class)
                .satisfies(e -> assertThat(((AutoScalingException) e).requestId()).isNotBlank());

        assertThat(aws.journal().calls()).extracting(CallJournal.Call::action)
                .containsExactly("DescribeAutoScalingGroups", "SetInstanceHealth");
        var refused = aws.journal().calls("SetInstanceHealth").getFirst();
        assertThat(refused.service()).isEqualTo("autoscaling");
        assertThat(refused.parameters()).containsEntry("InstanceId", "i-1").containsEntry("HealthStatus", "Unhealthy");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.error()).isEqualTo("ValidationError");
        assertThat(new JsonMapper().readTree(get("/_lab/calls", "").body()).at("/1/action").asText())
                .isEqualTo("SetInstanceHealth");
    }

    @Test
    void faultsAskedForHappenToTheNextCallsAndThenNoMore() {
        aws.faults().throttle("DescribeAutoScalingGroups", 1);
        aws.faults().serverError("DescribeAutoScalingGroups", 1);
        assertThatThrownBy(client::describeAutoScalingGroups).isInstanceOf(AutoScalingException.class)
                .satisfies(e -> assertThat(((AutoScalingException) e).isThrottlingException()).isTrue());
        assertThatThrownBy(client::describeAutoScalingGroups).isInstanceOf(AutoScalingException.class)
                .satisfies(e -> assertThat(((AutoScalingException) e).statusCode()).isEqualTo(500));
        assertThat(client.describeAutoScalingGroups().autoScalingGroups()).isEmpty();
    }

    @Test
    void theSdkRetriesAThrottledCallByItself() {
        aws.faults().throttle("DescribeAutoScalingGroups", 2);
        try (var patient = new SdkClients(aws.uri()).autoScalingWithRetries()) {
            assertThat(patient.describeAutoScalingGroups().autoScalingGroups()).isEmpty();
        }
        assertThat(aws.journal().calls("DescribeAutoScalingGroups")).extracting(CallJournal.Call::status)
                .containsExactly(400, 400, 200);
    }

    @Test
    void aCallMayTakeEffectAndItsAnswerBeLost() throws Exception {
        aws.defineGroup(new AutoScalingGroupSpec("data", 0, 2, 1, List.of("us-east-1a"), Duration.ZERO, Map.of()))
                .get(10, TimeUnit.SECONDS);
        aws.faults().serverErrorAfterEffect("SuspendProcesses", 1);
        assertThatThrownBy(() -> client.suspendProcesses(r -> r.autoScalingGroupName("data")))
                .isInstanceOf(AutoScalingException.class);
        assertThat(client.describeAutoScalingGroups().autoScalingGroups().getFirst().suspendedProcesses()).hasSize(9);
    }

    @Test
    void aDelayedCallIsAnsweredLate() {
        aws.faults().delay("DescribeAutoScalingGroups", 1, Duration.ofMillis(400));
        long start = System.nanoTime();
        client.describeAutoScalingGroups();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(400));
    }

    @Test
    void aHeldCallTakesEffectWhenItIsLetGo() throws Exception {
        aws.defineGroup(new AutoScalingGroupSpec("data", 0, 2, 1, List.of("us-east-1a"), Duration.ZERO, Map.of()))
                .get(10, TimeUnit.SECONDS);
        var held = aws.faults().hold("SuspendProcesses");
        assertThat(held.isThere()).isFalse();
        var call = CompletableFuture.runAsync(() -> client.suspendProcesses(r -> r.autoScalingGroupName("data")));
        await().until(held::isThere);
        assertThat(aws.journal().calls("SuspendProcesses")).isEmpty();
        assertThat(client.describeAutoScalingGroups().autoScalingGroups().getFirst().suspendedProcesses()).isEmpty();
        held.letGo();
        call.get(10, TimeUnit.SECONDS);
        assertThat(client.describeAutoScalingGroups().autoScalingGroups().getFirst().suspendedProcesses()).hasSize(9);
    }

    @Test
    void unknownOperationsServicesAndUnsignedCallsAreRefused() throws Exception {
        assertThatThrownBy(client::describeAccountLimits).isInstanceOf(AutoScalingException.class)
                .satisfies(e -> assertThat(((AutoScalingException) e).awsErrorDetails().errorCode())
                        .isEqualTo("InvalidAction"));
        assertThat(get("/?Action=ListTopics", "").statusCode()).isEqualTo(403);
        assertThat(get("/", "AWS4-HMAC-SHA256 Credential=a/20261122/us-east-1/s3/aws4_request").body())
                .contains("<Code>InvalidAction</Code>").contains("<RequestId>");
        assertThat(get("/?Action=GetCallerIdentity",
                "AWS4-HMAC-SHA256 Credential=a/20261122/us-east-1/sts/aws4_request").body())
                .contains("<Account>123456789012</Account>");
    }

    @Test
    void aTakenPortIsSaidAtStart() {
        int port = aws.uri().getPort();
        assertThatThrownBy(
                () -> AwsEndpoint.start(AwsEndpointSettings.defaults().withPort(port), new RecordingLauncher()))
                .hasMessageContaining("port " + port + " can not be bound");
    }

    private HttpResponse<String> get(String path, String authorization) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(aws.uri() + path));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request.build(), BodyHandlers.ofString());
        }
    }
}
