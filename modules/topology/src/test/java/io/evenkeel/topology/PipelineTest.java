package io.evenkeel.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.core.action.ActionRequest;
import io.evenkeel.core.action.Command;
import io.evenkeel.core.alert.Alert;
import io.evenkeel.core.alert.Delivery;
import io.evenkeel.core.notification.Notification;
import io.evenkeel.core.notification.NotificationPolicy;
import io.evenkeel.core.notification.Route;
import io.evenkeel.core.notification.TestPage;
import io.evenkeel.topology.metrics.TopologyMeters;
import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.cluster.NodeTarget;
import io.evenkeel.core.cluster.ServiceId;
import io.evenkeel.core.cluster.Vantage;
import io.evenkeel.core.decision.Decision;
import io.evenkeel.core.decision.DecisionPolicy;
import io.evenkeel.core.decision.Intent;
import io.evenkeel.core.decision.SafetyPolicy;
import io.evenkeel.core.facts.ClusterFacts;
import io.evenkeel.core.health.Cause;
import io.evenkeel.core.health.ClusterPolicy;
import io.evenkeel.core.health.ClusterState;
import io.evenkeel.core.health.ClusterTransition;
import io.evenkeel.core.health.Consequence;
import io.evenkeel.core.health.FailureReason;
import io.evenkeel.core.health.HealthDefaults;
import io.evenkeel.core.health.HealthInput;
import io.evenkeel.core.health.HealthPolicy;
import io.evenkeel.core.health.HealthProgress;
import io.evenkeel.core.health.NodePolicy;
import io.evenkeel.core.health.NodeRole;
import io.evenkeel.core.health.NodeState;
import io.evenkeel.core.health.NodeStatus;
import io.evenkeel.core.health.NodeTransition;
import io.evenkeel.core.health.ProbeResult;
import io.evenkeel.core.health.ProbeSource;
import io.evenkeel.core.health.VantageState;
import io.evenkeel.core.health.VantageTransition;
import io.evenkeel.core.health.Vote;
import io.evenkeel.core.health.Voters;
import io.evenkeel.core.policy.PolicySet;
import io.evenkeel.events.Keys;
import io.evenkeel.events.Partitioning;
import io.evenkeel.events.Tick;
import io.evenkeel.events.TopicSpec;
import io.evenkeel.events.Topics;
import io.evenkeel.events.kafka.DeadLetters;
import io.evenkeel.events.serde.EventSerdes;
import io.evenkeel.topology.alert.AlertTopology;
import io.evenkeel.topology.copy.CopyTopology;
import io.evenkeel.topology.decision.DecisionTopology;
import io.evenkeel.topology.health.HealthTopology;
import io.evenkeel.topology.policy.PolicySource;
import io.evenkeel.topology.run.StreamsSettings;
import io.evenkeel.topology.state.StateMap;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each topology through TopologyTestDriver, with records in the real wire format. */
class PipelineTest {

    static final Instant T0 = Instant.parse("2026-11-22T10:00:00Z");
    static final Topics TOPICS = new Topics();
    /** The driver has one partition: a cluster that belongs there, and one that does not. */
    static final ClusterId CLUSTER = clusterWhere(0);
    private static final ClusterId MISROUTED = clusterWhere(5);
    static final List<Vantage> ONE_VANTAGE = List.of(new Vantage("va", "z1"));
    static final HealthPolicy HEALTH = health();
    private static HealthPolicy health() {
        var node = new NodePolicy(HealthDefaults.classes(3), 1, Duration.ZERO, Duration.ofSeconds(300), 3,
                Duration.ofSeconds(3), Duration.ofSeconds(4), HealthDefaults.FLAPPING,
                Duration.ofSeconds(100));
        return new HealthPolicy("r1", Map.of(NodeRole.DATA, node, NodeRole.MASTER, node, NodeRole.OTHER, node),
                new ClusterPolicy(3, 1, Duration.ZERO), Duration.ofSeconds(100), Duration.ofSeconds(2));
    }

    static final DecisionPolicy DECISION = new DecisionPolicy("r1", true, Duration.ofSeconds(5),
            Duration.ofSeconds(5), Duration.ofMinutes(30), Duration.ofMinutes(5), Duration.ofMinutes(15),
            Duration.ofSeconds(30), 3, false,
            List.of(new DecisionPolicy.Service(new ServiceId("search"), CLUSTER, new ClusterId("standby"))),
            SafetyPolicy.defaults().with(new SafetyPolicy.Brake(1, Duration.ofMinutes(10))));

    static final PolicySet POLICIES = new PolicySet(HEALTH, new TreeMap<>(), DECISION);
    static final PolicySource SOURCE = PolicySource.fixed(POLICIES);

    @TempDir
    private Path state;
    private TestRegistry registry;
    private EventSerdes serdes;
    private long counter;

    @BeforeEach
    void startRegistry() throws Exception {
        registry = new TestRegistry();
        serdes = registry.serdes();
    }

    @AfterEach
    void stopRegistry() {
        serdes.close();
        registry.close();
    }

    static ClusterId clusterWhere(int partition) {
        return IntStream.range(0, 1_000).mapToObj(i -> new ClusterId("cluster-" + i))
                .filter(id -> Partitioning.SPREAD.forCluster(id) == partition).findFirst().orElseThrow();
    }

    private TopologyTestDriver driver(Topology topology) {
        var settings = new StreamsSettings("test", state.toString(), 1, Map.of("bootstrap.servers", "unused:1"));
        return new TopologyTestDriver(topology, settings.properties());
    }

    private void tell(TopologyTestDriver driver, TopicSpec topic, Object event, Instant at) {
        driver.createInputTopic(topic.name(), new StringSerializer(), serdes.serializer())
                .pipeInput(Keys.of(event), event, at);
    }

    private <T> List<T> read(TopologyTestDriver driver, TopicSpec topic, Class<T> type) {
        return driver.createOutputTopic(topic.name(), new StringDeserializer(), serdes.deserializer())
                .readValuesToList().stream().map(type::cast).toList();
    }

    static NodeTarget target(String name, String... roles) {
        return new NodeTarget(new NodeId(CLUSTER, name), "i-1", "http://127.0.0.1:9200", "z1",
                List.of(roles), "group", ONE_VANTAGE, NodeTarget.Phase.EXPECTED);
    }

    private ProbeResult result(String node, boolean healthy) {
        ProbeResult.Outcome outcome = healthy
                ? new ProbeResult.Outcome.Success()
                : new ProbeResult.Outcome.Failure(FailureReason.CONNECT_REFUSED, "refused");
        return new ProbeResult.NodeProbed(new NodeId(CLUSTER, node), "i-1",
                new ProbeSource("va", "z1", "agent", "boot", ++counter), ProbeResult.Purpose.SCHEDULED, outcome,
                new ProbeResult.Timing(Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofSeconds(30)));
    }

    @Test
    void probeResultsBecomeTransitionsAndStates() {
        try (var driver = driver(new HealthTopology(TOPICS, serdes, SOURCE).get())) {
            tell(driver, TOPICS.targets(), target("d1", "data"), T0);
            tell(driver, TOPICS.probeResults(), result("d1", true), T0.plusSeconds(1));
            for (int i = 0; i < 3; i++) {
                tell(driver, TOPICS.probeResults(), result("d1", false), T0.plusSeconds(31 + 30L * i));
            }
            assertThat(read(driver, TOPICS.nodeTransitions(), NodeTransition.class)).extracting(NodeTransition::to)
                    .containsExactly(NodeState.UP, NodeState.SUSPECT, NodeState.DOWN);
            assertThat(read(driver, TOPICS.nodeStates(), NodeStatus.class).getLast().state()).isEqualTo(NodeState.DOWN);
        }
    }

    @Test
    void ticksMakeSilenceUnknown() {
        try (var driver = driver(new HealthTopology(TOPICS, serdes, SOURCE).get())) {
            tell(driver, TOPICS.targets(), new HealthInput.ClusterExpected(CLUSTER, ONE_VANTAGE), T0);
            tell(driver, TOPICS.targets(), target("d1", "data"), T0);
            tell(driver, TOPICS.probeResults(), result("d1", true), T0.plusSeconds(1));
            ticks(driver, 2, 100);
            assertThat(read(driver, TOPICS.nodeTransitions(), NodeTransition.class)).hasSize(1);
            ticks(driver, 101, 102);
            assertThat(read(driver, TOPICS.vantageTransitions(), VantageTransition.class))
                    .extracting(VantageTransition::to).containsExactly(VantageState.VOTING, VantageState.SILENT);
            assertThat(read(driver, TOPICS.nodeTransitions(), NodeTransition.class)).extracting(NodeTransition::to)
                    .containsExactly(NodeState.UNKNOWN);
        }
    }

    @Test
    void timeThatNobodyTickedIsNoSilence() {
        try (var driver = driver(new HealthTopology(TOPICS, serdes, SOURCE).get())) {
            tell(driver, TOPICS.targets(), target("d1", "data"), T0);
            tell(driver, TOPICS.probeResults(), result("d1", true), T0.plusSeconds(1));
            ticks(driver, 600, 700);
            assertThat(read(driver, TOPICS.nodeTransitions(), NodeTransition.class)).hasSize(1);
            ticks(driver, 701, 702);
            assertThat(read(driver, TOPICS.nodeTransitions(), NodeTransition.class)).extracting(NodeTransition::to)
                    .containsExactly(NodeState.UNKNOWN);
        }
    }

    private void ticks(TopologyTestDriver driver, int fromSecond, int toSecond) {
        for (int second = fromSecond; second <= toSecond; second++) {
            tell(driver, TOPICS.probeResults(), new Tick("run", second), T0.plusSeconds(second));
        }
    }

    @Test
    void aDeletedTargetIsForgotten() {
        try (var driver = driver(new HealthTopology(TOPICS, serdes, SOURCE).get())) {
            tell(driver, TOPICS.targets(), target("d1", "data"), T0);
            driver.createInputTopic(TOPICS.targets().name(), new StringSerializer(), new ByteArraySerializer())
                    .pipeInput(CLUSTER + "/d1", null, T0);
            tell(driver, TOPICS.probeResults(), result("d1", true), T0.plusSeconds(1));
            assertThat(read(driver, TOPICS.nodeTransitions(), NodeTransition.class)).isEmpty();
        }
    }

    @Test
    void poisonGoesToTheDeadLettersWithItsCauseAndTheRestGoesOn() {
        try (var driver = driver(new HealthTopology(TOPICS, serdes, SOURCE).get())) {
            tell(driver, TOPICS.targets(), target("d1", "data"), T0);
            var raw = driver.createInputTopic(TOPICS.probeResults().name(), new StringSerializer(),
                    new ByteArraySerializer());
            byte[] noise = {42, 1, 2, 3};
            byte[] unknownSchema = {0, 0, 0, 9, 9, 1, 2};
            raw.pipeInput("primary", noise, T0);
            raw.pipeInput("primary", unknownSchema, T0);
            tell(driver, TOPICS.probeResults(), result("d1", true), T0.plusSeconds(1));
            var letters = driver.createOutputTopic(TOPICS.deadLetters().name(), new StringDeserializer(),
                    new ByteArrayDeserializer()).readRecordsToList();
            assertThat(letters).extracting(TestRecord::value).containsExactly(noise, unknownSchema);
            assertThat(letters).extracting(letter -> new String(letter.headers().lastHeader(DeadLetters.REASON).value(),
                    java.nio.charset.StandardCharsets.UTF_8)).containsExactly("BAD_MAGIC_BYTE", "UNKNOWN_SCHEMA_ID");
            assertThat(read(driver, TOPICS.nodeTransitions(), NodeTransition.class)).hasSize(1);
        }
    }

    @Test
    void aResultInAnotherClustersPartitionIsSentBackOnceAndThenIsADeadLetter() {
        try (var driver = driver(new HealthTopology(TOPICS, serdes, SOURCE).get())) {
            var astray = new ProbeResult.NodeProbed(new NodeId(MISROUTED, "d1"), "i-1",
                    new ProbeSource("va", "z1", "agent", "boot", 1), ProbeResult.Purpose.SCHEDULED,
                    new ProbeResult.Outcome.Success(),
                    new ProbeResult.Timing(Duration.ZERO, Duration.ZERO, Duration.ofSeconds(30)));
            tell(driver, TOPICS.probeResults(), astray, T0);
            var rerouted = driver.createOutputTopic(TOPICS.probeResults().name(), new StringDeserializer(),
                    serdes.deserializer()).readKeyValuesToList();
            assertThat(rerouted).singleElement().satisfies(record -> {
                assertThat(record.key).isEqualTo(MISROUTED.value());
                assertThat(record.value).isEqualTo(astray);
            });
            // The driver feeds what is written to an input topic back into its only partition: astray again.
            assertThat(driver.createOutputTopic(TOPICS.deadLetters().name(), new StringDeserializer(),
                    new ByteArrayDeserializer()).readRecordsToList()).hasSize(1);
        }
    }

    @Test
    void aRuleThatThrowsCostsOneRecordNotTheApplication() {
        // A time that no clock can show.
        var never = HealthDefaults.node();
        var absurd = new NodePolicy(never.classes(), 1, Duration.ZERO, Duration.ofSeconds(Long.MAX_VALUE), 3,
                Duration.ZERO, Duration.ZERO, HealthDefaults.FLAPPING, never.staleAfter());
        var broken = new HealthPolicy("r1",
                Map.of(NodeRole.DATA, absurd, NodeRole.MASTER, absurd, NodeRole.OTHER, absurd), HEALTH.cluster(),
                HEALTH.staleAfter(), HEALTH.maxLateness());
        var lost = new NodeTarget(new NodeId(new ClusterId("lost"), "d1"), "i-1", "http://127.0.0.1:9200", "z1",
                List.of("data"), "group", ONE_VANTAGE, NodeTarget.Phase.EXPECTED);
        var policies = new PolicySet(HEALTH, new TreeMap<>(Map.of("lost", broken)), DECISION);
        try (var driver = driver(new HealthTopology(TOPICS, serdes, PolicySource.fixed(policies)).get())) {
            tell(driver, TOPICS.targets(), lost, T0);
            var letters = driver.createOutputTopic(TOPICS.deadLetters().name(), new StringDeserializer(),
                    new ByteArrayDeserializer()).readRecordsToList();
            assertThat(letters).singleElement().satisfies(letter -> assertThat(letter.headers()
                    .lastHeader(DeadLetters.REASON).value()).asString().isEqualTo(DeadLetters.RULE_ERROR));
            tell(driver, TOPICS.targets(), target("d1", "data"), T0);
            tell(driver, TOPICS.probeResults(), result("d1", true), T0.plusSeconds(1));
            assertThat(read(driver, TOPICS.nodeTransitions(), NodeTransition.class)).hasSize(1);
        }
    }

    @Test
    void aPolicyHoldsFromTheTickOnThatNamesIt() {
        var one = HEALTH.of(NodeRole.DATA);
        var hasty = new NodePolicy(HealthDefaults.classes(1), 1, Duration.ZERO, one.startupGrace(), 3,
                one.contradictionAfter(), one.overrideFlappingAfter(), one.flapping(), one.staleAfter());
        var later = new PolicySet(new HealthPolicy("r2",
                Map.of(NodeRole.DATA, hasty, NodeRole.MASTER, hasty, NodeRole.OTHER, hasty), HEALTH.cluster(),
                HEALTH.staleAfter(), HEALTH.maxLateness()), new TreeMap<>(), DECISION.named("r2"));
        var source = new PolicySource() {
            @Override
            public PolicySet initial() {
                return POLICIES;
            }

            @Override
            public Optional<PolicySet> named(Tick.PolicyPointer pointer) {
                return pointer.revision().equals("r2") ? Optional.of(later) : Optional.empty();
            }
        };
        try (var driver = driver(new HealthTopology(TOPICS, serdes, source).get())) {
            tell(driver, TOPICS.targets(), target("d1", "data"), T0);
            tell(driver, TOPICS.probeResults(), result("d1", true), T0.plusSeconds(1));
            tell(driver, TOPICS.probeResults(), result("d1", false), T0.plusSeconds(2));
            assertThat(read(driver, TOPICS.nodeTransitions(), NodeTransition.class)).extracting(NodeTransition::to)
                    .as("one failure of three").containsExactly(NodeState.UP, NodeState.SUSPECT);
            tell(driver, TOPICS.probeResults(), new Tick("run", 1, new Tick.PolicyPointer("r2", 7)),
                    T0.plusSeconds(3));
            tell(driver, TOPICS.probeResults(), new Tick("run", 2, new Tick.PolicyPointer("r1", 3)),
                    T0.plusSeconds(4));
            assertThat(read(driver, TOPICS.nodeTransitions(), NodeTransition.class)).singleElement()
                    .satisfies(moved -> {
                        assertThat(moved.to()).isEqualTo(NodeState.DOWN);
                        assertThat(moved.policyRevision()).isEqualTo("r2");
                    });
        }
    }

    static NodeTransition moved(String node, NodeState from, NodeState to, Instant at, long version,
            String... roles) {
        return new NodeTransition(target(node, roles), from, to, at, version, version - 1, at,
                new Cause(List.of(FailureReason.CONNECT_REFUSED), true, Consequence.REPLACE), "because",
                List.of(new Vote("va", "z1", Vote.Stand.CONFIRMED_DOWN, 3)), List.of(), "r1");
    }

    static ClusterTransition moved(ClusterState to, Instant at) {
        return new ClusterTransition(CLUSTER, ClusterState.UNKNOWN, to, at, 1, 0, at, "because", Voters.of(3, 3),
                List.of(), List.of(), "r1");
    }

    private static ClusterTransition failed(Instant at) {
        return new ClusterTransition(CLUSTER, ClusterState.HEALTHY, ClusterState.FAILED, at, 2, 1, at, "because",
                Voters.of(3, 0), List.of(new Vote("va", "z1", Vote.Stand.DOWN, 3)), List.of(), "r1");
    }

    private static ClusterTransition standbyIs(ClusterState to) {
        return new ClusterTransition(new ClusterId("standby"), ClusterState.UNKNOWN, to, T0, 1, 0, T0, "because",
                Voters.of(3, 3), List.of(), List.of(), "r1");
    }

    private void twoDataNodesOneDown(TopologyTestDriver driver) {
        tell(driver, TOPICS.clusterTransitions(), moved(ClusterState.HEALTHY, T0), T0);
        tell(driver, TOPICS.nodeTransitions(), moved("d1", NodeState.JOINING, NodeState.UP, T0, 1, "data"), T0);
        tell(driver, TOPICS.nodeTransitions(), moved("d2", NodeState.JOINING, NodeState.UP, T0, 1, "data"), T0);
        tell(driver, TOPICS.nodeTransitions(), moved("d1", NodeState.UP, NodeState.DOWN, T0, 2, "data"), T0);
    }

    @Test
    void aDownNodeBecomesADecisionAndARequestOnceTimeHasCome() {
        try (var driver = driver(DrivenTopology.decision(serdes, SOURCE))) {
            twoDataNodesOneDown(driver);
            tell(driver, TOPICS.decisionInputs(), new Tick("run", 1), T0.plusSeconds(4));
            assertThat(read(driver, TOPICS.actionRequests(), ActionRequest.class)).isEmpty();
            tell(driver, TOPICS.decisionInputs(), new Tick("run", 2), T0.plusSeconds(5));
            assertThat(read(driver, TOPICS.actionRequests(), ActionRequest.class)).singleElement()
                    .satisfies(request -> assertThat(request.command()).isInstanceOf(Command.ReplaceInstance.class));
            assertThat(read(driver, TOPICS.decisions(), Decision.class)).extracting(Decision::verdict)
                    .containsExactly(Decision.Verdict.WAIT, Decision.Verdict.ACT);
        }
    }

    @Test
    void aReleasedHoldIsATombstoneThatReachesTheRules() {
        try (var driver = driver(DrivenTopology.decision(serdes, SOURCE))) {
            var hold = new Intent(Intent.Kind.HOLD, CLUSTER.value(), "alex", "deploy", T0, T0.plusSeconds(3_600));
            tell(driver, TOPICS.intents(), hold, T0);
            twoDataNodesOneDown(driver);
            tell(driver, TOPICS.decisionInputs(), new Tick("run", 1), T0.plusSeconds(60));
            assertThat(read(driver, TOPICS.actionRequests(), ActionRequest.class)).isEmpty();
            tell(driver, TOPICS.healthProgress(), new HealthProgress(0, T0.plusSeconds(60)), T0.plusSeconds(60));
            driver.createInputTopic(TOPICS.intents().name(), new StringSerializer(), new ByteArraySerializer())
                    .pipeInput(hold.key(), null, T0.plusSeconds(61));
            assertThat(read(driver, TOPICS.actionRequests(), ActionRequest.class)).hasSize(1);
        }
    }

    @Test
    void aRuleOfDecisionThatThrowsCostsOneRecordAndIsolatesItsCluster() {
        // A time that no clock can show.
        var absurd = DECISION.with(DECISION.safety()
                .with(new SafetyPolicy.Storm(2, 30, Duration.ofSeconds(Long.MAX_VALUE), Duration.ZERO)));
        var source = PolicySource.fixed(new PolicySet(HEALTH, new TreeMap<>(), absurd));
        try (var driver = driver(DrivenTopology.decision(serdes, source))) {
            tell(driver, TOPICS.nodeTransitions(), moved("d1", NodeState.UP, NodeState.DOWN, T0, 2, "data"), T0);
            assertThat(driver.createOutputTopic(TOPICS.deadLetters().name(), new StringDeserializer(),
                    new ByteArrayDeserializer()).readRecordsToList()).hasSize(1);
            assertThat(read(driver, TOPICS.decisions(), Decision.class)).singleElement().satisfies(isolated -> {
                assertThat(isolated.action()).isEqualTo(Decision.Action.FREEZE);
                assertThat(isolated.subject()).isEqualTo(CLUSTER + "/*/rule-error");
            });
            tell(driver, TOPICS.clusterTransitions(), failed(T0), T0);
            assertThat(read(driver, TOPICS.decisions(), Decision.class)).last()
                    .satisfies(decision -> assertThat(decision.decidedBy()).isEqualTo("rule-error"));
        }
    }

    @Test
    void aBrakeThatTripsItselfIsAnIntentThatEverybodyReads() {
        try (var driver = driver(DrivenTopology.decision(serdes, SOURCE))) {
            twoDataNodesOneDown(driver);
            tell(driver, TOPICS.clusterTransitions(), standbyIs(ClusterState.HEALTHY), T0);
            tell(driver, TOPICS.decisionInputs(), new Tick("run", 1), T0.plusSeconds(5));
            assertThat(read(driver, TOPICS.actionRequests(), ActionRequest.class)).hasSize(1);
            tell(driver, TOPICS.healthProgress(),
                    new HealthProgress(Partitioning.SPREAD.forCluster(new ClusterId("standby")), T0.plusSeconds(6)),
                    T0.plusSeconds(6));
            tell(driver, TOPICS.clusterTransitions(), failed(T0.plusSeconds(6)), T0.plusSeconds(6));
            assertThat(read(driver, TOPICS.actionRequests(), ActionRequest.class)).isEmpty();
            assertThat(read(driver, TOPICS.intents(), Intent.class)).singleElement()
                    .satisfies(brake -> assertThat(brake.key()).isEqualTo("brake/*"));
            tell(driver, TOPICS.intents(), Intent.brakeRelease("ann", "looked", T0), T0.plusSeconds(7));
            assertThat(read(driver, TOPICS.actionRequests(), ActionRequest.class)).singleElement()
                    .satisfies(request -> assertThat(request.command()).isInstanceOf(Command.FailOver.class));
        }
    }

    @Test
    void factsAreAsOldAsTheirFirstRecordNotAsItsCopy() {
        var required = DECISION.with(DECISION.safety().with(
                new SafetyPolicy.Facts(SafetyPolicy.Facts.Use.REQUIRED, Duration.ofSeconds(60))));
        var source = PolicySource.fixed(new PolicySet(HEALTH, new TreeMap<>(), required));
        try (var driver = driver(DrivenTopology.decision(serdes, source))) {
            twoDataNodesOneDown(driver);
            tell(driver, TOPICS.clusterFacts(), ClusterFacts.none(CLUSTER), T0);
            tell(driver, TOPICS.decisionInputs(), new Tick("run", 1), T0.plusSeconds(5));
            assertThat(read(driver, TOPICS.decisions(), Decision.class)).last().satisfies(decision -> {
                assertThat(decision.decidedBy()).isEqualTo("foreign-operation");
                assertThat(decision.reason()).contains("cannot know");
            });
        }
    }

    @Test
    void transitionsAndDecisionsBecomeAlerts() {
        try (var driver = driver(new AlertTopology(TOPICS, serdes).get())) {
            tell(driver, TOPICS.decisionInputs(), moved("m1", NodeState.UP, NodeState.DOWN, T0, 2, "master"), T0);
            tell(driver, TOPICS.decisionInputs(), moved("m1", NodeState.DOWN, NodeState.UP, T0, 3, "master"), T0);
            assertThat(read(driver, TOPICS.alerts(), Alert.class)).extracting(Alert::status)
                    .containsExactly(Alert.Status.FIRING, Alert.Status.RESOLVED);
        }
    }

    @Test
    void alertsBecomeNotificationsAndAFailedChannelAnAlert() {
        var policy = NotificationPolicy.nobody();
        var route = policy.route();
        var chat = new NotificationPolicy(new Route(route.path(), route.matchers(), route.hours(), List.of("chat"),
                route.groupBy(), route.pace(), route.escalation(), route.goesOn(), route.routes()),
                policy.inhibitions(), policy.heartbeat(), policy.testPage(), policy.links(), policy.services());
        try (var driver = driver(new AlertTopology(TOPICS, serdes, TopologyMeters.unread(), chat).get())) {
            tell(driver, TOPICS.decisionInputs(), moved("d1", NodeState.UP, NodeState.DOWN, T0, 2, "data"), T0);
            tell(driver, TOPICS.decisionInputs(), new Tick("run", 1), T0.plusSeconds(5));
            tell(driver, TOPICS.decisionInputs(), new Tick("run", 2), T0.plusSeconds(10));
            tell(driver, TOPICS.alertDeliveries(), new Delivery("i", 1, "chat", "chat", Delivery.Outcome.FAILING, 7, "",
                    "503", T0), T0.plusSeconds(11));
            assertThat(read(driver, TOPICS.notifications(), Notification.class))
                    .extracting(told -> told.at() + " " + told.title())
                    .containsExactly(T0.plusSeconds(10) + " " + CLUSTER + "/d1 is DOWN",
                            T0.plusSeconds(11) + " channel chat does not deliver");
        }
    }

    @Test
    void aTestPageIsANotificationAndItsDayIsKept() {
        var policy = NotificationPolicy.nobody();
        var at = LocalTime.ofInstant(T0, ZoneOffset.UTC).truncatedTo(ChronoUnit.MINUTES);
        var day = LocalDate.ofInstant(T0, ZoneOffset.UTC);
        var daily = new NotificationPolicy(policy.route(), policy.inhibitions(), policy.heartbeat(),
                Optional.of(new TestPage(List.of("pager"), at, Set.of(day.getDayOfWeek()), ZoneOffset.UTC)),
                policy.links(), policy.services());
        try (var driver = driver(new AlertTopology(TOPICS, serdes, TopologyMeters.unread(), daily).get())) {
            tell(driver, TOPICS.decisionInputs(), new Tick("run", 1), T0);
            tell(driver, TOPICS.decisionInputs(), new Tick("run", 2), T0.plusSeconds(1));
            assertThat(read(driver, TOPICS.notifications(), Notification.class)).singleElement().satisfies(page -> {
                assertThat(page.id()).isEqualTo("test/" + day + "#1");
                assertThat(page.kind()).isEqualTo(Notification.Kind.TEST);
            });
            var kept = new StateMap<>("test-page/", LocalDate.class)
                    .load(driver.<String, byte[]>getKeyValueStore("notification-state"));
            assertThat(kept).containsOnly(Map.entry("last", day));
        }
    }

    @Test
    void theTopologiesKeepTheNamesThatTheirStateIsStoredUnder() throws Exception {
        String described = new HealthTopology(TOPICS, serdes, SOURCE).get().describe() + "\n"
                + new CopyTopology(TOPICS).get().describe() + "\n"
                + new DecisionTopology(TOPICS, serdes, SOURCE).get().describe() + "\n"
                + new AlertTopology(TOPICS, serdes).get().describe();
        try (var golden = PipelineTest.class.getResourceAsStream("/topologies.txt")) {
            assertThat(golden).as("src/test/resources/topologies.txt").isNotNull();
            Files.writeString(Path.of("target", "topologies.txt"), described);
            assertThat(described.lines().map(String::stripTrailing)).containsExactlyElementsOf(new String(
                    java.util.Objects.requireNonNull(golden).readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                    .lines().toList());
        }
    }
}
