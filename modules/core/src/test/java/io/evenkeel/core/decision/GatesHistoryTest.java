package io.evenkeel.core.decision;

import static io.evenkeel.core.decision.DecisionWorld.POLICY;
import static io.evenkeel.core.decision.DecisionWorld.PRIMARY;
import static io.evenkeel.core.decision.DecisionWorld.STANDBY;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.core.action.ActionOutcome.Status;
import io.evenkeel.core.action.ActionRequest;
import io.evenkeel.core.action.Command.ReplaceInstance;
import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.decision.Decision.Action;
import io.evenkeel.core.decision.SafetyPolicy.Facts.Use;
import io.evenkeel.core.facts.ClusterFacts;
import io.evenkeel.core.facts.FactGroup;
import io.evenkeel.core.health.ClusterState;
import io.evenkeel.core.health.NodeState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random histories of two clusters in three zones against the limits, the brake, facts and approval. What is allowed is
 * counted here from what was said, not read from the rules' state. The seed is the test's parameter, so a failing one
 * replays exactly.
 */
class GatesHistoryTest {

    private static final SafetyPolicy SAFETY = SafetyPolicy.defaults()
            .with(new SafetyPolicy.Limits(2, 4, 1, 2)).with(new SafetyPolicy.Brake(3, Duration.ofMinutes(30)))
            .with(new SafetyPolicy.Facts(Use.REQUIRED, Duration.ofSeconds(60))).withBlockPeriod(Duration.ofMinutes(2))
            .withApproval(Set.of(Action.REPLACE_INSTANCE));
    private static final List<ClusterId> CLUSTERS = List.of(PRIMARY, STANDBY);
    private static final NodeState[] STATES = {NodeState.UP, NodeState.UP, NodeState.UP, NodeState.UP, NodeState.DOWN,
            NodeState.SUSPECT, NodeState.UNREACHABLE};
    private static final int NODES = 6;
    private static final int STEPS = 6_000;

    private final DecisionWorld world = new DecisionWorld(POLICY.withArmed(true).with(SAFETY));
    private final Map<ClusterId, ClusterFacts> facts = new HashMap<>();
    private final Map<ClusterId, Instant> factsAt = new HashMap<>();
    private final Map<String, Instant> approvals = new HashMap<>();
    private final Set<ClusterId> isolated = new HashSet<>();
    private final List<ActionRequest> refused = new ArrayList<>();
    private final StormBook storms = new StormBook(world);
    private Instant brakeReleasedAt = Instant.EPOCH;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void noHistoryGetsPastAGate(long seed) {
        var random = new SplittableRandom(seed);
        for (var cluster : CLUSTERS) {
            for (int i = 0; i < NODES; i++) {
                storms.node(cluster, zone(i), "n" + i, NodeState.UP);
            }
        }
        for (int i = 0; i < STEPS; i++) {
            int before = world.requests.size();
            step(random);
            for (var request : world.requests.subList(before, world.requests.size())) {
                isAllowed(request);
            }
        }
        zonesAreCountedRight();
        assertThat(storms.allowed()).as("requests that only a person's word allowed").isPositive();
        assertThat(world.requests).as("requests made at all").isNotEmpty().extracting(ActionRequest::id)
                .doesNotHaveDuplicates();
    }

    private void zonesAreCountedRight() {
        for (var cluster : world.state.clusters().values()) {
            var counted = new TreeMap<String, ZoneCount>();
            cluster.nodes().values().forEach(node -> counted.merge(node.target().zone(), ZoneCount.NONE.with(node),
                    ZoneCount::plus));
            assertThat(cluster.zones()).isEqualTo(counted);
        }
    }

    private static String zone(int node) {
        return "z" + (node % 3 + 1);
    }

    private void step(SplittableRandom random) {
        var cluster = CLUSTERS.get(random.nextInt(CLUSTERS.size()));
        switch (random.nextInt(17)) {
            case 0, 1, 2 -> {
                int node = random.nextInt(NODES);
                storms.node(cluster, zone(node), "n" + node, STATES[random.nextInt(STATES.length)]);
            }
            case 3, 4 -> allUp(cluster);
            case 5, 6, 7 -> read(cluster, random);
            case 8, 9 -> approve(random);
            case 10 -> end(random);
            case 11 -> rarely(random, cluster);
            case 12 -> storm(cluster, random);
            default -> world.later(random.nextInt(60));
        }
    }

    private void allUp(ClusterId cluster) {
        int spared = (int) (world.now.getEpochSecond() % NODES);
        for (int i = 0; i < NODES; i++) {
            if (i != spared) {
                storms.node(cluster, zone(i), "n" + i, NodeState.UP);
            }
        }
    }

    /** Two nodes fail, and all others are well; often somebody looks. */
    private void storm(ClusterId cluster, SplittableRandom random) {
        allUp(cluster);
        int first = random.nextInt(NODES);
        for (int i = 0; i < NODES; i++) {
            boolean falls = i == first || i == (first + 1) % NODES;
            storms.node(cluster, zone(i), "n" + i, falls ? NodeState.DOWN : NodeState.UP);
        }
        if (random.nextInt(4) != 0) {
            storms.acknowledge(cluster);
        }
        world.later(61);
    }

    private void read(ClusterId cluster, SplittableRandom random) {
        var ages = new TreeMap<FactGroup, Duration>();
        // All or nothing, so that it is simple to say here what is known: merging is tested elsewhere.
        if (random.nextInt(8) != 0) {
            var age = Duration.ofSeconds(random.nextInt(20));
            for (var group : FactGroup.values()) {
                ages.put(group, age);
            }
        }
        var members = random.nextInt(5) == 0 ? List.of("n0", "n1") : List.<String>of();
        var read = new ClusterFacts(cluster, "agent", ages,
                new ClusterFacts.Membership(new TreeSet<>(members), new TreeSet<>()),
                new ClusterFacts.Copies(random.nextInt(5) == 0
                        ? new TreeMap<>(Map.of("n2", new ClusterFacts.LastCopies(1, List.of("a[0]"))))
                        : new TreeMap<>()),
                new ClusterFacts.Allocation(0, 0, 0, random.nextInt(5) == 0 ? 1 : 0), new TreeMap<>(),
                new TreeMap<>(Map.of("n9", new ClusterFacts.NodeDisk(1, 1L << 40))),
                new TreeMap<>(Map.of("data-group", new ClusterFacts.ScalingGroup(List.of(), ""))));
        var at = world.now.minus(ages.getOrDefault(FactGroup.COPIES, Duration.ofDays(1)));
        if (!at.isBefore(factsAt.getOrDefault(cluster, Instant.EPOCH)) && !ages.isEmpty()) {
            facts.put(cluster, read);
            factsAt.put(cluster, at);
        }
        world.tell(new DecisionInput.FactsRead(read, world.now));
    }

    private void approve(SplittableRandom random) {
        var waiting = world.state.faults().values().stream().filter(fault -> fault.gate().equals("approval")).toList();
        if (!waiting.isEmpty()) {
            var incident = waiting.get(random.nextInt(waiting.size())).incident();
            approvals.put(incident, world.now.plusSeconds(1_800));
            world.order(Order.Kind.APPROVE, incident);
        }
    }

    private void end(SplittableRandom random) {
        if (!world.requests.isEmpty()) {
            var request = world.requests.get(random.nextInt(world.requests.size()));
            var statuses = Status.values();
            var status = statuses[random.nextInt(statuses.length)];
            if (status == Status.REFUSED && world.state.inFlight().containsKey(request.id())) {
                refused.add(request);
            }
            world.outcome(request, status);
        }
    }

    private void rarely(SplittableRandom random, ClusterId cluster) {
        switch (random.nextInt(10)) {
            case 0 -> world.hold(cluster.value());
            case 1, 2 -> {
                isolated.remove(cluster);
                world.release(cluster.value());
            }
            case 3 -> {
                isolated.add(cluster);
                world.tell(new DecisionInput.RuleFailed(cluster, "boom"));
            }
            case 4, 5 -> {
                brakeReleasedAt = world.now;
                world.tell(new DecisionInput.IntentSet(Intent.brakeRelease("ann", "looked", world.now)));
            }
            case 6 -> world.tell(new DecisionInput.IntentReleased("brake/*"));
            case 7 -> world.cluster(cluster, random.nextBoolean() ? ClusterState.UNKNOWN : ClusterState.DEGRADED);
            default -> world.cluster(cluster, ClusterState.HEALTHY);
        }
    }

    private void isAllowed(ActionRequest request) {
        var replace = (ReplaceInstance) request.command();
        var cluster = replace.node().cluster();
        assertThat(isolated).doesNotContain(cluster);
        assertThat(world.state.intents().values()).noneMatch(intent -> intent.activeAt(world.now)
                && (intent.covers(cluster.value()) || intent.covers("*")));
        assertThat(approvals.remove(request.incident())).as("one approval for one request").isNotNull()
                .isAfter(world.now);
        limits(request, replace);
        storms.isAllowed(replace.node());
        facts(replace);
        var since = brakeReleasedAt.isAfter(world.now.minusSeconds(1_800))
                ? brakeReleasedAt
                : world.now.minusSeconds(1_800);
        assertThat(counted().stream().filter(other -> other.issuedAt().isAfter(since)).map(ActionRequest::incident)
                .distinct()).as("the brake").hasSizeLessThanOrEqualTo(3);
    }

    private List<ActionRequest> counted() {
        return world.requests.stream().filter(request -> !refused.contains(request)).toList();
    }

    private void limits(ActionRequest request, ReplaceInstance replace) {
        var flying = world.state.inFlight().values().stream()
                .map(flight -> (ReplaceInstance) flight.request().command()).toList();
        assertThat(flying).as("at once").hasSizeLessThanOrEqualTo(2);
        assertThat(flying).filteredOn(other -> other.node().cluster().equals(replace.node().cluster()))
                .as("in the cluster").hasSize(1);
        assertThat(flying).filteredOn(other -> zoneOf(other).equals(zoneOf(replace))).as("per zone").hasSize(1);
        assertThat(counted()).filteredOn(other -> other.command() instanceof ReplaceInstance same
                && same.node().cluster().equals(replace.node().cluster())
                && other.issuedAt().isAfter(world.now.minusSeconds(3_600))).as("per hour").hasSizeLessThanOrEqualTo(4);
        assertThat(counted()).filteredOn(other -> !other.incident().equals(request.incident())
                && other.command() instanceof ReplaceInstance same
                && same.node().cluster().equals(replace.node().cluster()))
                .allMatch(other -> !world.now.isBefore(other.issuedAt().plusSeconds(120)));
    }

    private static String zoneOf(ReplaceInstance replace) {
        return zone(replace.node().name().charAt(1) - '0');
    }

    private void facts(ReplaceInstance replace) {
        var known = java.util.Objects.requireNonNull(facts.get(replace.node().cluster()));
        assertThat(Duration.between(factsAt.get(replace.node().cluster()), world.now))
                .isLessThanOrEqualTo(Duration.ofSeconds(60));
        assertThat(known.membership().members()).doesNotContain(replace.node().name());
        assertThat(known.copies().lastOn()).doesNotContainKey(replace.node().name());
        assertThat(known.allocation().delayed()).isZero();
    }
}
