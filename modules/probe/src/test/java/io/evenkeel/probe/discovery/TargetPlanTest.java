package io.evenkeel.probe.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.cluster.NodeTarget;
import io.evenkeel.core.cluster.NodeTarget.Phase;
import io.evenkeel.core.cluster.Vantage;
import io.evenkeel.core.health.HealthInput.ClusterExpected;
import io.evenkeel.probe.discovery.Listing.Listed;
import io.evenkeel.probe.discovery.Listing.Unavailable;
import io.evenkeel.probe.discovery.TargetPlan.Known;
import io.evenkeel.probe.discovery.TargetPlan.Present;
import io.evenkeel.probe.discovery.TargetPlan.Sources;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TargetPlanTest {

    private static final Instant T0 = Instant.parse("2026-11-22T10:00:00Z");
    private static final ClusterId CLUSTER = new ClusterId("search");
    private static final Vantage A = new Vantage("a", "zone-a");
    private static final Vantage B = new Vantage("b", "zone-b");
    private static final ClusterExpected CLUSTER_EXPECTED = new ClusterExpected(CLUSTER, List.of(A, B));
    private static final String I1 = "i-0000000000000001";
    private static final String I2 = "i-0000000000000002";
    private static final Listing<GroupInstance> NO_GROUPS = new Listed<>(List.of());
    private static final Listing<SeenNode> UNSEEN = new Unavailable<>();

    private final TargetPlan plan = plan(List.of());

    @Test
    void theClusterIsExpectedFromAllVantagesInOneOrder() {
        var other = new TargetPlan(CLUSTER, List.of(B, A), plan.settings());

        assertThat(plan.next(new Present(Map.of(), null), new Sources(UNSEEN, NO_GROUPS), T0))
                .isEqualTo(other.next(new Present(Map.of(), null), new Sources(UNSEEN, NO_GROUPS), T0))
                .containsExactly(new TargetChange.PutCluster(CLUSTER_EXPECTED));
    }

    @Test
    void aMemberBecomesATarget() {
        var target = added(plan, seen("n1", "e1"), NO_GROUPS);

        assertThat(target).isEqualTo(target("n1", "e1", "", Phase.EXPECTED));
    }

    @Test
    void whatStandsThereAlreadyIsNotWrittenAgain() {
        assertThat(next(plan, listed(seen("n1", "e1")), NO_GROUPS, target("n1", "e1", "", Phase.EXPECTED))).isEmpty();
    }

    @Test
    void anExpectedNodeStaysExpectedWhenItIsNoLongerListed() {
        var known = target("n1", "e1", "", Phase.EXPECTED);

        assertThat(next(plan, listed(seen("n2", "e2")), NO_GROUPS, known, target("n2", "e2", "", Phase.EXPECTED)))
                .isEmpty();
        assertThat(next(plan, listed(), NO_GROUPS, known)).isEmpty();
        assertThat(next(plan, UNSEEN, NO_GROUPS, known)).isEmpty();
    }

    @Test
    void aRestartedProcessIsANewIncarnation() {
        assertThat(put(plan, listed(seen("n1", "e2")), NO_GROUPS, target("n1", "e1", "", Phase.EXPECTED)))
                .isEqualTo(target("n1", "e2", "", Phase.EXPECTED));
    }

    @Test
    void aMemberThatDoesNotSayWhereItListensIsNotATargetYet() {
        var silent = new SeenNode("n1", "e1", "", Set.of("data"), Map.of());

        assertThat(next(plan, listed(silent), NO_GROUPS)).isEmpty();
    }

    @Test
    void aMemberThatDoesNotSayWhereItListensKeepsItsUrl() {
        var silent = new SeenNode("n1", "e1", "", Set.of("data"), Map.of("zone", "zone-a"));

        assertThat(next(plan, listed(silent), NO_GROUPS, target("n1", "e1", "", Phase.EXPECTED))).isEmpty();
    }

    @Test
    void aConfiguredNodeIsExpectedBeforeItWasEverSeen() {
        var configured = plan(List.of(), new StaticNode("n1", "http://10.0.0.9:9200", "zone-c", Set.of("master")));

        assertThat(put(configured, UNSEEN, NO_GROUPS)).isEqualTo(new NodeTarget(new NodeId(CLUSTER, "n1"),
                TargetPlan.UNSEEN, "http://10.0.0.9:9200", "zone-c", List.of("master"), "",
                List.of(A, B), Phase.EXPECTED));
    }

    @Test
    void configurationWinsOverWhatANodeSaysAndItsIncarnationFollowsTheProcess() {
        var configured = plan(List.of(), new StaticNode("n1", "http://10.0.0.9:9200", "", Set.of()));

        var target = added(configured, seen("n1", "e1"), NO_GROUPS);

        assertThat(target.url()).isEqualTo("http://10.0.0.9:9200");
        assertThat(target.zone()).isEqualTo("zone-a");
        assertThat(target.roles()).containsExactly("data");
        assertThat(target.incarnation()).isEqualTo("e1");
    }

    @Test
    void aNodeNamedLikeAnInstanceBelongsToIt() {
        var target = added(grouped(), seen(I1, "e1"), instances(instance(I1, "InService")));

        assertThat(target).isEqualTo(target(I1, I1, "hot", Phase.EXPECTED));
    }

    @Test
    void aNodeWithTheInstanceAttributeBelongsToIt() {
        var target = added(grouped(), owned("n1", I1), instances(instance(I1, "InService")));

        assertThat(target).isEqualTo(target("n1", I1, "hot", Phase.EXPECTED));
    }

    @Test
    void theGroupsZoneHelpsWhereTheNodeHasNone() {
        var zoneless = new SeenNode(I1, "e1", "http://10.0.0.1:9200", Set.of("data"), Map.of());

        assertThat(added(grouped(), zoneless, instances(instance(I1, "InService"))).zone()).isEqualTo("zone-a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Terminating", "Terminating:Wait", "Terminating:Proceed"})
    void aPlannedTerminationRetires(String lifecycle) {
        var known = target("n1", I1, "hot", Phase.EXPECTED);

        assertThat(put(grouped(), listed(owned("n1", I1)), instances(instance(I1, lifecycle)), known))
                .isEqualTo(known.withPhase(Phase.RETIRING));
        assertThat(put(grouped(), UNSEEN, instances(instance(I1, lifecycle)), known))
                .as("also when Elasticsearch can't be asked").isEqualTo(known.withPhase(Phase.RETIRING));
    }

    @Test
    void anUnhealthyInstanceThatIsStillInServiceStaysExpected() {
        var unhealthy = new GroupInstance(I1, "hot", "zone-a", "InService", "Unhealthy");

        assertThat(next(grouped(), listed(), instances(unhealthy), target("n1", I1, "hot", Phase.EXPECTED))).isEmpty();
    }

    @Test
    void aRetiringNodeDoesNotComeBackByAnOlderListing() {
        assertThat(next(grouped(), listed(owned("n1", I1)), instances(instance(I1, "InService")),
                target("n1", I1, "hot", Phase.RETIRING))).isEmpty();
    }

    @Test
    void anInstanceGoneFromItsGroupIsRetiredAlsoWhileItsNodeIsStillListed() {
        var known = target("n1", I1, "hot", Phase.RETIRING);
        var others = instances(instance(I2, "InService"));

        assertThat(put(grouped(), listed(), others, known)).isEqualTo(known.withPhase(Phase.RETIRED));
        assertThat(put(grouped(), listed(owned("n1", I1)), others, known)).isEqualTo(known.withPhase(Phase.RETIRED));
    }

    @Test
    void aRetiredNodeStaysRetiredWhileItLingersInTheListing() {
        assertThat(next(grouped(), listed(owned("n1", I1)), instances(instance(I2, "InService")),
                target("n1", I1, "hot", Phase.RETIRED))).isEmpty();
    }

    @Test
    void aNewInstanceUnderAnOldNameIsExpected() {
        assertThat(put(grouped(), listed(owned("n1", I2)), instances(instance(I2, "InService")),
                target("n1", I1, "hot", Phase.RETIRED))).isEqualTo(target("n1", I2, "hot", Phase.EXPECTED));
    }

    @Test
    void groupsThatCannotBeListedChangeNothing() {
        var failed = new Unavailable<GroupInstance>();

        for (var phase : Phase.values()) {
            assertThat(next(grouped(), listed(seen(I1, "e1")), failed, target(I1, I1, "hot", phase))).isEmpty();
            assertThat(next(grouped(), UNSEEN, failed, target(I1, I1, "hot", phase))).isEmpty();
        }
    }

    @Test
    void aGroupListedEmptyWhileItsNodesAreMembersIsNoProof() {
        var known = target("n1", I1, "hot", Phase.EXPECTED);

        assertThat(next(grouped(), listed(owned("n1", I1)), instances(), known)).isEmpty();
        assertThat(next(grouped(), UNSEEN, instances(), known)).isEmpty();
        assertThat(put(grouped(), listed(), instances(), known)).isEqualTo(known.withPhase(Phase.RETIRED));
    }

    @Test
    void aGroupThatIsNoLongerConfiguredRetiresNobody() {
        assertThat(next(plan, listed(), instances(), target("n1", I1, "hot", Phase.EXPECTED))).isEmpty();
    }

    @Test
    void aRetiredTargetIsDeletedAfterSevenDaysAndNotRewrittenBefore() {
        var retired = target("n1", I1, "hot", Phase.RETIRED);
        var moved = new TargetPlan(CLUSTER, List.of(A), grouped().settings());
        var sources = new Sources(listed(), instances(instance(I2, "InService")));
        var present = new Present(Map.of(retired.node(), new Known(retired, T0)),
                new ClusterExpected(CLUSTER, List.of(A)));

        assertThat(moved.next(present, sources, T0.plus(Duration.ofDays(7)).minusMillis(1))).isEmpty();
        assertThat(moved.next(present, sources, T0.plus(Duration.ofDays(7))))
                .containsExactly(new TargetChange.Delete(retired.node()));
    }

    @Test
    void twoAgentsThatSeeTheSameAgreeAfterOneRound() {
        var sources = new Sources(listed(seen("n1", "e1"), owned("n2", I1)), instances(instance(I1, "InService")));
        var first = grouped().next(new Present(Map.of(), null), sources, T0);
        var nodes = new HashMap<NodeId, Known>();
        for (var change : first) {
            if (change instanceof TargetChange.PutNode(var target)) {
                nodes.put(target.node(), new Known(target, T0));
            }
        }

        assertThat(nodes).hasSize(2);
        assertThat(grouped().next(new Present(nodes, CLUSTER_EXPECTED), sources, T0)).isEmpty();
    }

    private static TargetPlan plan(List<String> groups, StaticNode... nodes) {
        return new TargetPlan(CLUSTER, List.of(A, B),
                DiscoverySettings.of(List.of("http://10.0.0.1:9200"), List.of(nodes), groups));
    }

    private static TargetPlan grouped() {
        return plan(List.of("hot"));
    }

    private static SeenNode seen(String name, String ephemeralId) {
        return new SeenNode(name, ephemeralId, "http://10.0.0.1:9200", Set.of("data"), Map.of("zone", "zone-a"));
    }

    private static SeenNode owned(String name, String instance) {
        return new SeenNode(name, "e", "http://10.0.0.1:9200", Set.of("data"),
                Map.of("zone", "zone-a", "instance_id", instance));
    }

    private static GroupInstance instance(String id, String lifecycle) {
        return new GroupInstance(id, "hot", "zone-a", lifecycle, "Healthy");
    }

    private static NodeTarget target(String name, String incarnation, String group, Phase phase) {
        return new NodeTarget(new NodeId(CLUSTER, name), incarnation, "http://10.0.0.1:9200", "zone-a",
                List.of("data"), group, List.of(A, B), phase);
    }

    private static Listing<SeenNode> listed(SeenNode... nodes) {
        return new Listed<>(List.of(nodes));
    }

    private static Listing<GroupInstance> instances(GroupInstance... instances) {
        return new Listed<>(List.of(instances));
    }

    private static List<TargetChange> next(TargetPlan plan, Listing<SeenNode> members,
            Listing<GroupInstance> instances, NodeTarget... known) {
        var nodes = Arrays.stream(known).collect(Collectors.toMap(NodeTarget::node, target -> new Known(target, T0)));
        return plan.next(new Present(nodes, CLUSTER_EXPECTED), new Sources(members, instances), T0);
    }

    private static NodeTarget put(TargetPlan plan, Listing<SeenNode> members, Listing<GroupInstance> instances,
            NodeTarget... known) {
        var changes = next(plan, members, instances, known);
        assertThat(changes).singleElement().isInstanceOf(TargetChange.PutNode.class);
        return ((TargetChange.PutNode) changes.getFirst()).target();
    }

    private static NodeTarget added(TargetPlan plan, SeenNode member, Listing<GroupInstance> instances) {
        return put(plan, listed(member), instances);
    }
}
