package io.evenkeel.drills.simulator;

import io.evenkeel.core.action.ActionRequest;
import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.decision.Decision;
import io.evenkeel.core.decision.DecisionInput;
import io.evenkeel.core.decision.Intent;
import io.evenkeel.core.decision.SafetyPolicy;
import io.evenkeel.core.health.HealthInput;
import io.evenkeel.core.policy.PolicySet;
import io.evenkeel.drills.simulator.rule.Breach;
import io.evenkeel.drills.simulator.rule.Figures;
import io.evenkeel.drills.simulator.rule.Happening;
import io.evenkeel.drills.simulator.rule.RuleBook;
import io.evenkeel.drills.simulator.rule.Scene;
import io.evenkeel.drills.simulator.rule.Truth;
import io.evenkeel.drills.simulator.world.Cloud;
import io.evenkeel.drills.simulator.world.Node;
import io.evenkeel.drills.simulator.world.Timeline;
import io.evenkeel.drills.simulator.world.World;
import io.evenkeel.drills.simulator.world.Zones;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One world from one seed, from its first second to its last: agents look, HEALTH judges, DECISION decides, ACTIONS act,
 * AWS does or does not, and faults of all kinds come in between. After every event the ten rules are checked; the first
 * that is broken ends it. One thread; the same seed gives the same history, event by event.
 */
public final class Simulation {

    private static final int PARTITIONS = 3;
    private static final long TICK = 1_000;

    private final long seed;
    private final SimulationOptions options;
    private final World world;
    private final Mode mode;
    private final RuleBook rules;
    private final Truth truth;
    private final Figures figures;
    private final Figures.Reference reference = new Figures.Reference();
    private final List<HealthPartition> partitions = new ArrayList<>();
    private final Map<ClusterId, HealthPartition> partitionOf = new HashMap<>();
    private final DecisionPlane decision;
    private final AlertPlane alerts;
    private final ActionPlane actions;
    private final Operators operators;
    private final Pipeline pipeline;
    private final Cloud cloud;
    private final List<Agent> agents = new ArrayList<>();
    private final Map<Node, List<TargetProbe>> probes = new HashMap<>();
    private boolean ticksStopped;

    private Simulation(long seed, SimulationOptions options, Parts parts) {
        this.seed = seed;
        this.options = options;
        world = new World(seed, options.clusters(), options.lostProbes());
        mode = Mode.of(seed);
        PolicySet policy = Policies.of(world, mode);
        rules = new RuleBook(new Scene(world, policy));
        truth = new Truth(world);
        figures = new Figures(truth);
        decision = new DecisionPlane(world, policy.decision(), parts, this::happened, new Readers(),
                cluster -> partitions.indexOf(partition(cluster)));
        alerts = new AlertPlane(parts, this::happened, decision.log());
        for (int partition = 0; partition < PARTITIONS; partition++) {
            String source = HealthPartition.source(partition);
            partitions.add(new HealthPartition(partition, world.timeline(), policy.others(), parts, this::happened,
                    input -> decision.copy(source, input)));
        }
        for (int cluster = 0; cluster < world.clusters().size(); cluster++) {
            partitionOf.put(world.clusters().get(cluster).id(), partitions.get(cluster % PARTITIONS));
        }
        cloud = new Cloud(world, target -> partition(target.node().cluster()).append(target));
        actions = new ActionPlane(world, cloud, parts, this::happened, decision);
        operators = new Operators(world, mode, actions,
                order -> decision.copy("orders", new DecisionInput.OrderGiven(order)));
        var tasks = new ArrayList<PipelineTask>(partitions);
        tasks.add(decision);
        tasks.add(alerts);
        pipeline = new Pipeline(world, tasks);
    }

    /** Who reads what DECISION writes. */
    private final class Readers implements DecisionPlane.Outputs {
        @Override
        public void requested(ActionRequest request) {
            actions.requested(request);
        }

        @Override
        public void decided(Decision made) {
            alerts.decided(made);
            operators.decided(made);
        }

        @Override
        public void raised(Intent intent) {
            actions.give(intent);
            operators.stopped(intent);
        }

        @Override
        public void appended() {
            alerts.readOn();
        }
    }

    /** Runs one seed to its end, or to the first breach. */
    public static SeedReport run(long seed, SimulationOptions options) {
        return run(seed, options, Parts.REAL);
    }

    /** Runs one seed with other parts than the real ones. */
    public static SeedReport run(long seed, SimulationOptions options, Parts parts) {
        return new Simulation(seed, options, parts).run();
    }

    /**
     * Runs one seed and tells of it.
     *
     * @param trace hears of all that matters, a line each
     */
    public static SeedReport run(long seed, SimulationOptions options, Consumer<String> trace) {
        var simulation = new Simulation(seed, options, Parts.REAL);
        simulation.world.timeline().listen(trace);
        return simulation.run();
    }

    private SeedReport run() {
        long end = Timeline.START + (long) (options.hours() * 3_600_000);
        Optional<Breach> breach;
        try {
            begin();
            do {
                breach = rules.check();
            } while (breach.isEmpty() && world.timeline().step(end));
        } catch (RuntimeException thrown) {
            breach = Optional.of(new Breach(0, "nothing throws", thrown + " at " + thrown.getStackTrace()[0]));
        }
        return report(breach);
    }

    private SeedReport report(Optional<Breach> breach) {
        var timeline = world.timeline();
        double hours = (timeline.now() - Timeline.START) / 3_600_000.0;
        return new SeedReport(seed, options, hours * options.clusters(), hours * world.targets(), timeline.events(),
                timeline.hash(), figures.count(), reference.count(), breach.map(
                        found -> new SeedReport.Failure(found, timeline.instant(), timeline.recent())));
    }

    private void begin() {
        pipeline.start();
        actions.start();
        for (var cluster : world.clusters()) {
            var partition = partition(cluster.id());
            partition.append(new HealthInput.ClusterExpected(cluster.id(), cluster.vantages()));
            cluster.nodes().forEach(node -> partition.append(node.target()));
        }
        watch();
        world.timeline().in(0, this::tick);
        new Faults(this, world).plan();
        new PipelineFaults(this, world).plan();
        operators.plan();
    }

    /** Every vantage looks at all that it is expected to look at, spread over the interval. */
    private void watch() {
        int clusters = world.clusters().size();
        var groups = new int[clusters + world.targets()];
        int next = clusters;
        for (int cluster = 0; cluster < clusters; cluster++) {
            groups[cluster] = cluster;
            for (var _ : world.clusters().get(cluster).nodes()) {
                groups[next++] = cluster;
            }
        }
        var plain = new PlainThresholds(groups.length, truth, reference);
        for (int vantage = 0; vantage < Zones.COUNT; vantage++) {
            var agent = new Agent(world, vantage, groups);
            agents.add(agent);
            agent.start();
            watch(agent, plain, clusters);
            if (mode.facts() != SafetyPolicy.Facts.Use.OFF) {
                readFacts(agent, clusters);
            }
        }
    }

    private void readFacts(Agent agent, int firstNode) {
        var readers = new ArrayList<FactsReader>();
        int first = firstNode;
        for (var cluster : world.clusters()) {
            if (agent.number() < cluster.vantages().size()) {
                var reader = new FactsReader(agent, cluster, first, partition(cluster.id()),
                        input -> decision.copy("facts of " + cluster.id(), input));
                readers.add(reader);
                world.timeline().in(world.chance().below((int) TargetProbe.INTERVAL), reader::readOn);
            }
            first += cluster.nodes().size();
        }
        agent.onFailures((target, fails) -> readers.forEach(reader -> reader.changed(target, fails)));
    }

    private void watch(Agent agent, PlainThresholds plain, int firstNode) {
        int target = firstNode;
        for (int number = 0; number < world.clusters().size(); number++) {
            var cluster = world.clusters().get(number);
            var partition = partition(cluster.id());
            boolean watches = agent.number() < cluster.vantages().size();
            if (watches) {
                spread(new ClusterLook(agent, cluster, number, partition));
            }
            for (var node : cluster.nodes()) {
                if (watches) {
                    var probe = new TargetProbe(agent, node, target, partition, plain);
                    probes.computeIfAbsent(node, _ -> new ArrayList<>()).add(probe);
                    spread(probe);
                }
                if (agent.number() == 0) {
                    spread(new OwnReport(world, node, partition));
                }
                target++;
            }
        }
    }

    private void spread(Timeline.Event event) {
        world.timeline().in(world.chance().below((int) TargetProbe.INTERVAL), event);
    }

    private void tick() {
        world.timeline().in(TICK, this::tick);
        if (ticksStopped || !pipeline.ticks()) {
            return;
        }
        for (var partition : partitions) {
            partition.append(new HealthInput.Ticked());
        }
        decision.append(new DecisionInput.Ticked());
        actions.ticked(Instant.ofEpochMilli(world.now()));
    }

    private void happened(Happening happening) {
        figures.on(happening);
        if (happening instanceof Happening.NodeMoved(var transition) && truth.isFalse(transition)) {
            world.timeline().note(transition.node() + " is DOWN, and nothing was wrong with it: a false DOWN");
        }
        rules.tell(happening);
        if (happening instanceof Happening.Notified(var notification)) {
            operators.notified(notification);
        }
    }

    HealthPartition partition(ClusterId cluster) {
        return java.util.Objects.requireNonNull(partitionOf.get(cluster));
    }

    List<HealthPartition> partitions() {
        return partitions;
    }

    DecisionPlane decision() {
        return decision;
    }

    ActionPlane actions() {
        return actions;
    }

    Pipeline pipeline() {
        return pipeline;
    }

    Cloud cloud() {
        return cloud;
    }

    List<Agent> agents() {
        return agents;
    }

    void stopTicks(boolean stopped) {
        ticksStopped = stopped;
    }

    /** A process ended: connections that were kept open to it drop. */
    void connectionsDrop(Node node) {
        probes.getOrDefault(node, List.of()).forEach(TargetProbe::dropped);
    }
}
