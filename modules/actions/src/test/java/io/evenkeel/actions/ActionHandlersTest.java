package io.evenkeel.actions;

import static io.evenkeel.actions.Requests.SCALING_GROUP;
import static io.evenkeel.actions.Requests.INSTANCE_ID;
import static io.evenkeel.actions.Requests.PRIMARY;
import static io.evenkeel.actions.Requests.SERVICE;
import static io.evenkeel.actions.Requests.STANDBY;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.actions.InstanceHealth.Marking;
import io.evenkeel.actions.InstanceHealth.PreState;
import io.evenkeel.actions.TrafficSwitch.Position;
import io.evenkeel.actions.TrafficSwitch.Switching;
import io.evenkeel.actions.TrafficSwitch.Verification;
import io.evenkeel.actions.testing.InMemoryInstanceHealth;
import io.evenkeel.actions.testing.InMemoryLiveFacts;
import io.evenkeel.actions.testing.InMemoryTrafficSwitch;
import io.evenkeel.core.action.ActionOutcome.Status;
import io.evenkeel.core.action.ActionRequest;
import io.evenkeel.core.decision.SafetyPolicy;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ActionHandlersTest {

    private static final CallFailure NO_ANSWER = new CallFailure.Unavailable("read timed out", new RuntimeException());
    private static final CallFailure THROTTLED = new CallFailure.Throttled("Throttling: Rate exceeded");
    private static final CallFailure DENIED = new CallFailure.Denied("AccessDenied: no");

    private final ManualStopwatch clock = new ManualStopwatch();
    private final InMemoryInstanceHealth instances = new InMemoryInstanceHealth().with(INSTANCE_ID,
            new PreState.Healthy(SCALING_GROUP));
    private final InMemoryTrafficSwitch traffic = new InMemoryTrafficSwitch(PRIMARY);
    private final InMemoryLiveFacts liveFacts = new InMemoryLiveFacts();
    private final LastLook lastLook = new LastLook(liveFacts, _ -> Optional.of(SafetyPolicy.defaults().facts()));
    private Optional<LiveGates.Refusal> refusal = Optional.empty();

    @Test
    void aHealthyInstanceIsMarkedOnceAndVerified() throws InterruptedException {
        assertThat(handle(Requests.replace()).status()).isEqualTo(Status.SUCCEEDED);
        assertThat(instances.marked()).containsExactly(INSTANCE_ID);
    }

    @Test
    void whatIsUnhealthyOrGoneAlreadyIsNotMarkedAgain() throws InterruptedException {
        instances.with(INSTANCE_ID, new PreState.AlreadyUnhealthy(SCALING_GROUP, "Terminating"));
        assertThat(handle(Requests.replace()).status()).isEqualTo(Status.ALREADY_DONE);
        instances.with(INSTANCE_ID, new PreState.Gone());
        assertThat(handle(Requests.replace()).status()).isEqualTo(Status.ALREADY_DONE);
        assertThat(instances.marked()).isEmpty();
    }

    @Test
    void onlyInServiceInTheNamedGroupIsActedOn() throws InterruptedException {
        instances.with(INSTANCE_ID, new PreState.NotInService(SCALING_GROUP, "Standby"));
        assertThat(handle(Requests.replace()).status()).isEqualTo(Status.REFUSED);
        instances.with(INSTANCE_ID, new PreState.Healthy("another-group"));
        assertThat(handle(Requests.replace()).status()).isEqualTo(Status.REFUSED);
        instances.with(INSTANCE_ID, new PreState.AlreadyUnhealthy("another-group", "InService"));
        assertThat(handle(Requests.replace()).status()).isEqualTo(Status.REFUSED);
        assertThat(instances.marked()).isEmpty();
    }

    @Test
    void aGateThatSaysNoEndsRefusedWithItsNumbersAndWithoutACall() throws InterruptedException {
        refusal = Optional.of(new LiveGates.Refusal("hold", "primary by ann"));
        assertThat(handle(Requests.replace())).isEqualTo(new Ending(Status.REFUSED, "hold: primary by ann"));
        assertThat(handle(Requests.failOver(1))).isEqualTo(new Ending(Status.REFUSED, "hold: primary by ann"));
        assertThat(instances.marked()).isEmpty();
        assertThat(traffic.switched()).isEmpty();
    }

    @Test
    void theGracePeriodDefersWithoutATry() throws InterruptedException {
        instances.nextMark(new Marking.Deferred("age 10 s, grace 300 s"), false);
        assertThat(handle(Requests.replace()))
                .isEqualTo(new Ending(Status.REFUSED, "grace-period: age 10 s, grace 300 s"));
        assertThat(instances.marked()).hasSize(1);
    }

    @Test
    void throttlingIsWaitedOutWithinTheLease() throws InterruptedException {
        instances.nextRead(THROTTLED).nextMark(THROTTLED, false).nextMark(THROTTLED, false);
        assertThat(handle(Requests.replace()).status()).isEqualTo(Status.SUCCEEDED);
        assertThat(instances.marked()).hasSize(3);
        assertThat(clock.elapsed).isLessThan(ActionTimes.DEFAULT.lease());
    }

    @Test
    void noCallBeginsThatCouldOutlastTheLease() throws InterruptedException {
        for (int i = 0; i < 100; i++) {
            instances.nextMark(THROTTLED, false);
        }
        assertThat(handle(Requests.replace()).status()).isEqualTo(Status.FAILED);
        assertThat(clock.elapsed).isLessThanOrEqualTo(ActionTimes.DEFAULT.lastCallBegins());
    }

    @Test
    void anAttemptThatComesTooLateForItsLeaseCallsNothing() throws InterruptedException {
        clock.elapsed = ActionTimes.DEFAULT.lastCallBegins().plusMillis(1);
        var ending = handle(Requests.replace());
        assertThat(ending.status()).isEqualTo(Status.REFUSED);
        assertThat(ending.detail()).startsWith("lease:");
        assertThat(instances.marked()).isEmpty();
    }

    @Test
    void aDeniedCallFails() throws InterruptedException {
        instances.nextMark(DENIED, false);
        assertThat(handle(Requests.replace())).isEqualTo(new Ending(Status.FAILED, "denied: AccessDenied: no"));
    }

    @Test
    void aCallWithoutAnAnswerThatTookEffectIsASuccess() throws InterruptedException {
        instances.nextMark(NO_ANSWER, true);
        assertThat(handle(Requests.replace()).status()).isEqualTo(Status.SUCCEEDED);
        assertThat(instances.marked()).hasSize(1);
    }

    @Test
    void aCallWithoutAnAnswerThatTookNoEffectIsMadeAgain() throws InterruptedException {
        instances.nextMark(NO_ANSWER, false);
        assertThat(handle(Requests.replace()).status()).isEqualTo(Status.SUCCEEDED);
        assertThat(instances.marked()).hasSize(2);
    }

    @Test
    void aCallWithoutAnAnswerAndWithoutAReReadHasAnUnknownEffect() throws InterruptedException {
        instances.nextRead(new PreState.Healthy(SCALING_GROUP)).nextMark(NO_ANSWER, true);
        for (int i = 0; i < 100; i++) {
            instances.nextRead(NO_ANSWER);
        }
        assertThat(handle(Requests.replace()).status()).isEqualTo(Status.UNKNOWN_EFFECT);
        assertThat(instances.marked()).hasSize(1);
    }

    @Test
    void aMarkThatNeverShowsHasAnUnknownEffect() throws InterruptedException {
        instances.nextMark(new Marking.Marked(), false);
        assertThat(handle(Requests.replace()).status()).isEqualTo(Status.UNKNOWN_EFFECT);
        assertThat(clock.elapsed).isGreaterThanOrEqualTo(ActionTimes.DEFAULT.verifyWithin());
    }

    @Test
    void trafficIsSwitchedAndVerifiedAndTheUndoIsKept() throws InterruptedException {
        traffic.nextVerification(new Verification.NotYet("PENDING")).nextVerification(THROTTLED);
        var ending = handle(Requests.failOver(1));
        assertThat(ending.status()).isEqualTo(Status.SUCCEEDED);
        assertThat(ending.detail()).contains("undo: back to primary");
        assertThat(traffic.switched()).containsExactly(STANDBY);
    }

    @Test
    void trafficThatIsThereAlreadyIsNotSwitched() throws InterruptedException {
        assertThat(new ActionHandlers(instances, Map.of(SERVICE, new InMemoryTrafficSwitch(STANDBY)), lastLook)
                .handle(Requests.failOver(1), attempt(Requests.failOver(1))).status()).isEqualTo(Status.ALREADY_DONE);
    }

    @Test
    void whatIsNotThePipelinesSwitchIsRefused() throws InterruptedException {
        traffic.nextPosition(new Position.Unclear("health check is HTTP"));
        assertThat(handle(Requests.failOver(1))).isEqualTo(new Ending(Status.REFUSED, "dns: health check is HTTP"));
        traffic.nextSwitching(new Switching.Unclear("changed 3 times"));
        assertThat(handle(Requests.failOver(1)).status()).isEqualTo(Status.REFUSED);
    }

    @Test
    void trafficThatIsChangedBackHasAnUnknownEffect() throws InterruptedException {
        traffic.nextVerification(new Verification.Different("at primary"));
        assertThat(handle(Requests.failOver(1)).status()).isEqualTo(Status.UNKNOWN_EFFECT);
    }

    @Test
    void aServiceWithoutAStrategyIsRefused() throws InterruptedException {
        var request = Requests.failOver(1);
        assertThat(new ActionHandlers(instances, Map.of(), lastLook).handle(request, attempt(request)).status())
                .isEqualTo(Status.REFUSED);
    }

    private Ending handle(ActionRequest request) throws InterruptedException {
        return new ActionHandlers(instances, Map.of(SERVICE, traffic), lastLook).handle(request, attempt(request));
    }

    private Attempt attempt(ActionRequest request) {
        return new Attempt(request, _ -> refusal, ActionTimes.DEFAULT, clock);
    }
}
