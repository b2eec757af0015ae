package io.evenkeel.actions;

import static io.evenkeel.actions.Requests.INSTANCE_ID;
import static io.evenkeel.actions.Requests.PRIMARY;
import static io.evenkeel.actions.Requests.SCALING_GROUP;
import static io.evenkeel.actions.Requests.SERVICE;
import static io.evenkeel.actions.Requests.STANDBY;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.actions.InstanceHealth.PreState;
import io.evenkeel.actions.testing.InMemoryInstanceHealth;
import io.evenkeel.actions.testing.InMemoryLiveFacts;
import io.evenkeel.actions.testing.InMemoryTrafficSwitch;
import io.evenkeel.core.action.ActionOutcome.Status;
import io.evenkeel.core.action.ActionRequest;
import io.evenkeel.core.decision.SafetyPolicy.Facts;
import io.evenkeel.core.decision.SafetyPolicy.Facts.Use;
import io.evenkeel.core.facts.ClusterFacts.Allocation;
import io.evenkeel.core.facts.ClusterFacts.Copies;
import io.evenkeel.core.facts.ClusterFacts.LastCopies;
import io.evenkeel.core.facts.ClusterFacts.Membership;
import io.evenkeel.core.facts.ClusterFacts.NodeDisk;
import io.evenkeel.core.facts.ClusterFacts.ScalingGroup;
import io.evenkeel.core.facts.ClusterFacts.Shutdown;
import io.evenkeel.core.facts.FactGroup;
import io.evenkeel.core.health.ClusterView;
import io.evenkeel.core.health.ClusterView.Canary;
import io.evenkeel.core.health.ClusterView.Colour;
import io.evenkeel.core.health.ClusterView.Master;
import io.evenkeel.core.health.FailureReason;
import io.evenkeel.core.health.ProbeResult.Outcome;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a handler sees right before its call, and what that means under each use of facts. */
class LastLookTest {

    private final InMemoryInstanceHealth instances = new InMemoryInstanceHealth().with(INSTANCE_ID,
            new PreState.Healthy(SCALING_GROUP));
    private final InMemoryTrafficSwitch traffic = new InMemoryTrafficSwitch(PRIMARY);
    private final InMemoryLiveFacts facts = new InMemoryLiveFacts();
    private final Deque<Optional<LiveGates.Refusal>> standingOrders = new ArrayDeque<>();

    /** One thing that is seen, and the gate that says no to it with its numbers. */
    record Bad(String refusal, Consumer<InMemoryLiveFacts> change) {
        @Override
        public String toString() {
            return refusal;
        }
    }

    static List<Bad> bad() {
        return List.of(
                new Bad("foreign-operation: data-2 is shutting down: RESTART, upgrade",
                        seen -> seen.shutdowns(Map.of("data-2", new Shutdown("RESTART", "upgrade")))),
                new Bad("foreign-operation: es-data has ReplaceUnhealthy suspended",
                        seen -> seen.group(new ScalingGroup(List.of("ReplaceUnhealthy"), ""))),
                new Bad("foreign-operation: es-data has an instance refresh: InProgress",
                        seen -> seen.group(new ScalingGroup(List.of(), "InProgress"))),
                new Bad("evidence: it answers now", seen -> seen.node(new Outcome.Success())),
                new Bad("evidence: it answers now: OVERLOADED, HTTP 429",
                        seen -> seen.node(new Outcome.Failure(FailureReason.OVERLOADED, "HTTP 429"))),
                new Bad("membership: the elected master counts it in", seen -> seen
                        .membership(new Membership(new TreeSet<>(List.of("data-1", "data-2")), new TreeSet<>()))),
                new Bad("voting-configuration: it is one of 1 voters", seen -> seen
                        .membership(new Membership(new TreeSet<>(), new TreeSet<>(List.of("data-1"))))),
                new Bad("last-copy: it has the last started copies of 2 shards, such as a[0], b[1]",
                        seen -> seen.copies(new Copies(new TreeMap<>(
                                Map.of("data-1", new LastCopies(2, List.of("a[0]", "b[1]"))))))),
                new Bad("allocation: 4 delayed, 0 relocating, 0 initializing, 4 unassigned",
                        seen -> seen.allocation(new Allocation(0, 0, 4, 4))),
                new Bad("disk-headroom: 4 GiB left on the others up to the high watermark, 5 GiB needed",
                        seen -> seen.disks(Map.of("data-1", new NodeDisk(5L << 30, 0), "data-2",
                                new NodeDisk(1, 4L << 30)))));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void whatSpeaksAgainstItRightBeforeTheCallEndsRefusedWithNumbersAndNoCall(Bad bad) throws InterruptedException {
        bad.change().accept(facts);
        for (var use : List.of(Use.REQUIRED, Use.OPTIONAL)) {
            assertThat(handle(Requests.replace(), use)).isEqualTo(new Ending(Status.REFUSED, bad.refusal()));
        }
        assertThat(instances.marked()).isEmpty();
    }

    @Test
    void aDeadNodeThatItsClusterCanDoWithoutIsReplacedAndNothingIsSaidOfTheLook() throws InterruptedException {
        var ending = handle(Requests.replace(), Use.REQUIRED);
        assertThat(ending.status()).isEqualTo(Status.SUCCEEDED);
        assertThat(ending.detail()).doesNotContain("cannot know", "passed over");
        assertThat(facts.looks()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(FactGroup.class)
    void oneGroupThatCanNotBeReadRefusesWhereFactsAreRequired(FactGroup group) throws InterruptedException {
        facts.without(group, "no answer within 10000 ms");
        var ending = handle(Requests.replace(), Use.REQUIRED);
        assertThat(ending.status()).isEqualTo(Status.REFUSED);
        assertThat(ending.detail()).contains("cannot know: facts are not there; no answer within 10000 ms");
        assertThat(instances.marked()).isEmpty();
    }

    @Test
    void whatCanNotBeSeenIsPassedOverAndSaidWhereFactsAreOptional() throws InterruptedException {
        facts.blind("nobody answers");
        var ending = handle(Requests.replace(), Use.OPTIONAL);
        assertThat(ending.status()).isEqualTo(Status.SUCCEEDED);
        assertThat(ending.detail()).endsWith("; passed over, since nobody could know: foreign-operation, evidence,"
                + " membership, voting-configuration, last-copy, allocation, disk-headroom; nobody answers");
        assertThat(instances.marked()).hasSize(1);
    }

    @Test
    void aNodeThatNobodyCanAskRefusesWhereFactsAreRequired() throws InterruptedException {
        facts.withoutNode("nobody knows the address of primary/data-1");
        assertThat(handle(Requests.replace(), Use.REQUIRED)).isEqualTo(new Ending(Status.REFUSED, "evidence: cannot"
                + " know: the node could not be asked; nobody knows the address of primary/data-1"));
    }

    @Test
    void nothingIsLookedAtWhereFactsAreOff() throws InterruptedException {
        facts.blind("nobody answers");
        assertThat(handle(Requests.replace(), Use.OFF).status()).isEqualTo(Status.SUCCEEDED);
        assertThat(handle(Requests.failOver(1), Use.OFF).status()).isEqualTo(Status.SUCCEEDED);
        assertThat(facts.looks()).isZero();
    }

    @Test
    void aPolicyThatNobodyKnowsIsTakenForTheStrictestOne() throws InterruptedException {
        facts.blind("nobody answers");
        assertThat(handlers(_ -> Optional.empty()).handle(Requests.replace(), attempt(Requests.replace())).status())
                .isEqualTo(Status.REFUSED);
        assertThat(instances.marked()).isEmpty();
    }

    @Test
    void eachFurtherTryLooksAnew() throws InterruptedException {
        instances.nextMark(new CallFailure.Throttled("Rate exceeded"), false);
        facts.afterLook(() -> facts.node(new Outcome.Success()));
        assertThat(handle(Requests.replace(), Use.OPTIONAL))
                .isEqualTo(new Ending(Status.REFUSED, "evidence: it answers now"));
        assertThat(instances.marked()).hasSize(1);
    }

    @Test
    void whatStopsItWhileItLooksStopsItStill() throws InterruptedException {
        standingOrders.add(Optional.empty());
        standingOrders.add(Optional.of(new LiveGates.Refusal("hold", "primary by ann")));
        assertThat(handle(Requests.replace(), Use.REQUIRED))
                .isEqualTo(new Ending(Status.REFUSED, "hold: primary by ann"));
        assertThat(facts.looks()).isEqualTo(1);
        assertThat(instances.marked()).isEmpty();
    }

    @Test
    void aHeldRequestIsNotEvenLookedInto() throws InterruptedException {
        standingOrders.add(Optional.of(new LiveGates.Refusal("hold", "primary by ann")));
        assertThat(handle(Requests.replace(), Use.REQUIRED).status()).isEqualTo(Status.REFUSED);
        assertThat(facts.looks()).isZero();
    }

    @Test
    void aCallWithoutAnAnswerThenANoLeavesTheEffectUnknown() throws InterruptedException {
        instances.nextMark(new CallFailure.Unavailable("read timed out", new RuntimeException()), false);
        facts.afterLook(() -> facts.node(new Outcome.Success()));
        assertThat(handle(Requests.replace(), Use.OPTIONAL)).isEqualTo(new Ending(Status.UNKNOWN_EFFECT,
                "a call brought no answer, then evidence: it answers now"));
    }

    @Test
    void aStandbyThatWorksIsFailedOverTo() throws InterruptedException {
        assertThat(handle(Requests.failOver(1), Use.REQUIRED).status()).isEqualTo(Status.SUCCEEDED);
        assertThat(traffic.switched()).containsExactly(STANDBY);
        assertThat(facts.looks()).isEqualTo(1);
    }

    static List<ClusterView> badStandbys() {
        return List.of(new ClusterView(2, 0, Canary.FAILED, Colour.UNKNOWN, Master.UNKNOWN, "refused"),
                new ClusterView(2, 2, Canary.FAILED, Colour.RED, Master.SEEN, "canary FAILED"),
                new ClusterView(2, 2, Canary.WORKS, Colour.RED, Master.ABSENT, "canary works"));
    }

    @ParameterizedTest
    @MethodSource("badStandbys")
    void aStandbyThatDoesNotServeRightNowIsNotFailedOverTo(ClusterView view) throws InterruptedException {
        facts.standby(view);
        for (var use : List.of(Use.REQUIRED, Use.OPTIONAL)) {
            var ending = handle(Requests.failOver(1), use);
            assertThat(ending.status()).isEqualTo(Status.REFUSED);
            assertThat(ending.detail()).isEqualTo("standby: " + view.nodesAnswered() + " of 2 nodes answer, canary "
                    + view.canary() + ", master " + view.master() + "; " + view.detail());
        }
        assertThat(traffic.switched()).isEmpty();
    }

    static List<Consumer<InMemoryLiveFacts>> unknownStandbys() {
        return List.of(seen -> seen.blind("cluster standby is not in this process' configuration"),
                seen -> seen.standby(
                        new ClusterView(1, 1, Canary.UNPROVEN, Colour.GREEN, Master.SEEN, "HTTP 403")));
    }

    @ParameterizedTest
    @MethodSource("unknownStandbys")
    void aStandbyThatNobodyCanAskIsAMatterOfPolicy(Consumer<InMemoryLiveFacts> change)
            throws InterruptedException {
        change.accept(facts);
        var refused = handle(Requests.failOver(1), Use.REQUIRED);
        assertThat(refused.status()).isEqualTo(Status.REFUSED);
        assertThat(refused.detail()).startsWith("standby: cannot know: ");
        assertThat(traffic.switched()).isEmpty();
        var done = handle(Requests.failOver(1), Use.OPTIONAL);
        assertThat(done.status()).isEqualTo(Status.SUCCEEDED);
        assertThat(done.detail()).contains("; passed over, since nobody could know: standby");
    }

    private Ending handle(ActionRequest request, Use use) throws InterruptedException {
        return handlers(_ -> Optional.of(new Facts(use, Duration.ofSeconds(60)))).handle(request, attempt(request));
    }

    private ActionHandlers handlers(Function<String, Optional<Facts>> policies) {
        return new ActionHandlers(instances, Map.of(SERVICE, traffic), new LastLook(facts, policies));
    }

    /** Says what was queued, once each; then nothing. */
    private Attempt attempt(ActionRequest request) {
        return new Attempt(request, _ -> standingOrders.isEmpty() ? Optional.empty() : standingOrders.remove(),
                ActionTimes.DEFAULT, new ManualStopwatch());
    }
}
