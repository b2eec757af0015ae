package io.evenkeel.lab.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import io.evenkeel.lab.aws.AutoScalingInstance.Lifecycle;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.Activity;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingException;
import software.amazon.awssdk.services.autoscaling.model.Filter;
import software.amazon.awssdk.services.autoscaling.model.ScalingActivityInProgressException;

class AutoScalingTest {
    private final RecordingLauncher launcher = new RecordingLauncher();
    private final AwsEndpoint aws = AwsEndpoint.start(
            AwsEndpointSettings.defaults().withReplacementDelay(Duration.ofMillis(200)), launcher);
    private final AutoScalingClient client = new SdkClients(aws.uri()).autoScaling();

    @AfterEach
    void close() {
        client.close();
        aws.close();
    }

    @Test
    void newInstancesAreSpreadOverTheZones() throws Exception {
        define(3, Duration.ZERO);
        var group = client.describeAutoScalingGroups(r -> r.autoScalingGroupNames("data")).autoScalingGroups()
                .getFirst();
        assertThat(group.instances()).extracting("availabilityZone").containsExactlyInAnyOrder("us-east-1a",
                "us-east-1b", "us-east-1c");
        assertThat(group.instances()).allSatisfy(instance -> {
            assertThat(instance.instanceId()).matches("i-0[0-9a-f]{16}");
            assertThat(instance.lifecycleStateAsString()).isEqualTo("InService");
            assertThat(instance.healthStatus()).isEqualTo("Healthy");
        });
        assertThat(group.tags()).extracting("key", "value")
                .containsExactly(tuple("evenkeel:cluster", "primary"));
    }

    @Test
    void anUnhealthyInstanceIsTerminatedAndReplacedInItsZone() throws Exception {
        define(3, Duration.ZERO);
        var victim = aws.instances("data").get(1);

        client.setInstanceHealth(r -> r.instanceId(victim.id()).healthStatus("Unhealthy"));

        await().untilAsserted(() -> assertThat(inService()).hasSize(3).doesNotContain(victim.id()));
        assertThat(launcher.terminated()).containsExactly(victim.id());
        var replacement = aws.instances("data").getLast();
        assertThat(replacement.availabilityZone()).isEqualTo(victim.availabilityZone());
        var activities = client.describeScalingActivities(r -> r.autoScalingGroupName("data")).activities();
        assertThat(activities.get(0).description()).isEqualTo("Launching a new EC2 instance: " + replacement.id());
        assertThat(activities.get(0).cause()).contains("in response to an unhealthy instance needing to be replaced");
        assertThat(activities.get(1).description()).isEqualTo("Terminating EC2 instance: " + victim.id());
        assertThat(activities.get(1).cause()).contains("taken out of service in response to a user health-check");
        assertThat(activities).extracting(Activity::statusCodeAsString).containsOnly("Successful");
    }

    @Test
    void aSuspendedProcessKeepsTheInstanceUntilItIsResumed() throws Exception {
        define(2, Duration.ZERO);
        var victim = aws.instances("data").getFirst().id();
        client.suspendProcesses(r -> r.autoScalingGroupName("data").scalingProcesses("ReplaceUnhealthy"));
        client.setInstanceHealth(r -> r.instanceId(victim).healthStatus("Unhealthy"));

        await().during(Duration.ofMillis(600)).atMost(Duration.ofSeconds(2))
                .untilAsserted(() -> assertThat(launcher.terminated()).isEmpty());
        assertThat(client.describeAutoScalingInstances(r -> r.instanceIds(victim)).autoScalingInstances().getFirst()
                .healthStatus()).isEqualTo("UNHEALTHY");

        client.resumeProcesses(r -> r.autoScalingGroupName("data"));
        await().untilAsserted(() -> assertThat(launcher.terminated()).containsExactly(victim));
    }

    @Test
    void suspendingWithoutAListSuspendsEveryProcess() throws Exception {
        define(1, Duration.ZERO);
        client.suspendProcesses(r -> r.autoScalingGroupName("data"));
        assertThat(client.describeAutoScalingGroups().autoScalingGroups().getFirst().suspendedProcesses())
                .extracting("processName").hasSize(9).contains("Launch", "Terminate", "ReplaceUnhealthy");
    }

    @Test
    void healthInTheGracePeriodIsRefusedUnlessItIsNotRespected() throws Exception {
        define(1, Duration.ofMinutes(5));
        var id = aws.instances("data").getFirst().id();

        assertThatThrownBy(() -> client.setInstanceHealth(r -> r.instanceId(id).healthStatus("Unhealthy")))
                .isInstanceOf(AutoScalingException.class)
                .hasMessageContaining("less than the configured grace period of 300 seconds")
                .extracting(e -> ((AutoScalingException) e).awsErrorDetails().errorCode())
                .isEqualTo("ValidationError");

        client.setInstanceHealth(
                r -> r.instanceId(id).healthStatus("Unhealthy").shouldRespectGracePeriod(false));
        await().untilAsserted(() -> assertThat(launcher.terminated()).containsExactly(id));
    }

    @Test
    void anUnknownInstanceIsAnErrorToSetAndNothingToDescribe() throws Exception {
        define(1, Duration.ZERO);
        assertThatThrownBy(
                () -> client.setInstanceHealth(r -> r.instanceId("i-0ffffffffffffffff").healthStatus("Unhealthy")))
                .isInstanceOf(AutoScalingException.class).hasMessageContaining("No managed instance found");
        assertThat(client.describeAutoScalingInstances(r -> r.instanceIds("i-0ffffffffffffffff"))
                .autoScalingInstances()).isEmpty();
    }

    @Test
    void instancesComeInPagesOfFifty() throws Exception {
        aws.defineGroup(new AutoScalingGroupSpec("many", 0, 60, 60, List.of("us-east-1a"), Duration.ZERO, Map.of()))
                .get(10, TimeUnit.SECONDS);
        assertThat(client.describeAutoScalingInstances().autoScalingInstances()).hasSize(50);
        assertThat(client.describeAutoScalingInstancesPaginator().autoScalingInstances()).hasSize(60);
    }

    @Test
    void desiredCapacityGrowsAndShrinksWithinTheBoundsOnly() throws Exception {
        define(2, Duration.ZERO);
        assertThatThrownBy(() -> client.setDesiredCapacity(r -> r.autoScalingGroupName("data").desiredCapacity(6)))
                .isInstanceOf(AutoScalingException.class).hasMessageContaining("above max value 5");
        client.setDesiredCapacity(r -> r.autoScalingGroupName("data").desiredCapacity(4));
        await().untilAsserted(() -> assertThat(inService()).hasSize(4));
        client.setDesiredCapacity(r -> r.autoScalingGroupName("data").desiredCapacity(1));
        await().untilAsserted(() -> assertThat(aws.instances("data")).hasSize(1));
        assertThat(launcher.terminated()).hasSize(3);
    }

    @Test
    void terminatingWithDecrementLeavesAGapAndTerminatingWithoutFillsIt() throws Exception {
        define(3, Duration.ZERO);
        var first = aws.instances("data").get(0).id();
        var second = aws.instances("data").get(1).id();
        client.terminateInstanceInAutoScalingGroup(r -> r.instanceId(first).shouldDecrementDesiredCapacity(true));
        assertThatThrownBy(() -> client
                .terminateInstanceInAutoScalingGroup(r -> r.instanceId(first).shouldDecrementDesiredCapacity(true)))
                .isInstanceOfAny(ScalingActivityInProgressException.class, AutoScalingException.class);
        client.terminateInstanceInAutoScalingGroup(r -> r.instanceId(second).shouldDecrementDesiredCapacity(false));
        await().untilAsserted(() -> assertThat(inService()).hasSize(2).doesNotContain(first, second));
        assertThat(launcher.launched()).hasSize(4);
    }

    @Test
    void failedActivitiesAreListedAndTriedAgain() throws Exception {
        launcher.failLaunches(1);
        define(1, Duration.ZERO);
        launcher.failTerminations(1);
        var id = aws.instances("data").getFirst().id();
        client.setInstanceHealth(r -> r.instanceId(id).healthStatus("Unhealthy"));
        await().untilAsserted(() -> assertThat(inService()).hasSize(1).doesNotContain(id));
        assertThat(client.describeScalingActivities(r -> r.autoScalingGroupName("data")).activities())
                .filteredOn(activity -> activity.statusCodeAsString().equals("Failed"))
                .extracting(Activity::statusMessage).containsExactly("will not die", "no capacity");
    }

    @Test
    void anInstanceSetUnhealthyWhileItStartsIsReplacedOnceItRuns() throws Exception {
        launcher.holdLaunches();
        var ready = aws.defineGroup(new AutoScalingGroupSpec("data", 0, 5, 1, List.of("us-east-1a"),
                Duration.ofMinutes(5), Map.of()));
        await().untilAsserted(() -> assertThat(aws.instances("data")).hasSize(1));
        var id = aws.instances("data").getFirst().id();
        client.setInstanceHealth(
                r -> r.instanceId(id).healthStatus("Unhealthy").shouldRespectGracePeriod(false));
        assertThat(ready).isNotDone();
        assertThat(aws.instances("data").getFirst().lifecycle()).isEqualTo(Lifecycle.PENDING);

        launcher.letLaunchesGo();
        ready.get(10, TimeUnit.SECONDS);
        await().untilAsserted(() -> assertThat(launcher.terminated()).containsExactly(id));
    }

    @Test
    void groupsAreFoundByTag() throws Exception {
        define(1, Duration.ZERO);
        assertThat(groupsOf("primary")).containsExactly("data");
        assertThat(groupsOf("other")).isEmpty();
    }

    private List<String> groupsOf(String cluster) {
        var filter = Filter.builder().name("tag:evenkeel:cluster").values(cluster).build();
        return client.describeAutoScalingGroups(r -> r.filters(List.of(filter))).autoScalingGroups().stream()
                .map(group -> group.autoScalingGroupName()).toList();
    }

    private void define(int desired, Duration grace) throws Exception {
        aws.defineGroup(new AutoScalingGroupSpec("data", 0, 5, desired,
                List.of("us-east-1a", "us-east-1b", "us-east-1c"), grace, Map.of("evenkeel:cluster", "primary")))
                .get(10, TimeUnit.SECONDS);
    }

    private List<String> inService() {
        return aws.instances("data").stream().filter(instance -> instance.lifecycle() == Lifecycle.IN_SERVICE)
                .map(AutoScalingInstance::id).toList();
    }
}
