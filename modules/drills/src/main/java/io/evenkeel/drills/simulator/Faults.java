package io.evenkeel.drills.simulator;

import io.evenkeel.core.facts.FactGroup;
import io.evenkeel.drills.simulator.world.Chance;
import io.evenkeel.drills.simulator.world.Cluster;
import io.evenkeel.drills.simulator.world.Node;
import io.evenkeel.drills.simulator.world.Node.Condition;
import io.evenkeel.drills.simulator.world.World;
import io.evenkeel.drills.simulator.world.Zones;
import java.util.List;

/** What really breaks, and what only breaks the sight of it: both at random, both known. Durations are milliseconds. */
final class Faults {

    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;

    private final Simulation simulation;
    private final World world;
    private final Chance chance;
    private boolean zoneOut;

    Faults(Simulation simulation, World world) {
        this.simulation = simulation;
        this.world = world;
        this.chance = world.chance();
    }

    /** Plans the first of each kind; each plans its next. Some worlds are calm, some are not. */
    void plan() {
        double calm = 0.3 + 1.7 * chance.below(1_000) / 1_000;
        double clusters = world.clusters().size() * calm;
        recurring(0.25 * clusters, () -> end(anyNode(), Condition.KILLED, shortOrLong()));
        recurring(0.20 * clusters, () -> end(anyNode(), Condition.FROZEN, shortOrLong()));
        recurring(0.08 * clusters, () -> end(anyNode(), Condition.HOST_GONE, shortOrLong()));
        recurring(0.10 * clusters, () -> overload(anyNode(), chance.between(MINUTE, 20 * MINUTE)));
        recurring(0.05 * clusters, () -> comeAndGo(anyNode(), chance.between(2, 6)));
        recurring(0.05 * clusters, this::retire);
        recurring(0.05 * clusters, this::breakCanary);
        recurring(0.02 * clusters, this::fillDisks);
        recurring(0.02 * clusters, this::suspendGroup);
        recurring(0.25 * clusters, this::hideFacts);
        recurring(0.04 * clusters, this::twoAtOnce);
        recurring(0.02 * clusters, this::clusterOut);
        recurring(0.10 * calm, this::zoneOut);
        planObservers(calm);
    }

    private void planObservers(double calm) {
        recurring(0.5 * calm, () -> anyAgent().crash(chance.between(5 * SECOND, 5 * MINUTE)));
        recurring(0.6 * calm, () -> anyAgent().pause(chance.between(SECOND / 2, 3 * MINUTE)));
        recurring(0.3 * calm, () -> anyAgent().starve(chance.between(10 * SECOND, 10 * MINUTE)));
        recurring(0.3 * calm, () -> anyAgent().mute(chance.between(5 * SECOND, 5 * MINUTE)));
        recurring(0.5 * calm, this::cut);
        recurring(0.3 * calm, this::burst);
    }

    private void recurring(double perHour, Runnable fault) {
        world.timeline().in(chance.untilNext(perHour), () -> {
            fault.run();
            recurring(perHour, fault);
        });
    }

    private Node anyNode() {
        return chance.oneOf(chance.oneOf(world.clusters()).nodes());
    }

    private Agent anyAgent() {
        return chance.oneOf(simulation.agents());
    }

    private long shortOrLong() {
        return chance.happens(0.4) ? chance.between(3 * SECOND, 70 * SECOND) : chance.between(2 * MINUTE, 40 * MINUTE);
    }

    private void end(Node node, Condition how, long millis) {
        if (node.process() != Condition.RUNNING) {
            return;
        }
        String instance = node.instance();
        world.timeline().note("FAULT " + node + " is " + how + " for " + millis + " ms");
        world.change(node, it -> it.process(how, world.now()));
        if (how == Condition.KILLED) {
            simulation.connectionsDrop(node);
        }
        world.timeline().in(millis, () -> {
            if (node.instance().equals(instance) && node.process() == how) {
                world.timeline().note(node + " runs again");
                world.change(node, it -> it.process(Condition.RUNNING, world.now()));
            }
        });
    }

    private void overload(Node node, long millis) {
        if (node.isOverloaded()) {
            return;
        }
        String instance = node.instance();
        world.timeline().note("FAULT " + node + " is overloaded for " + millis + " ms");
        world.change(node, it -> it.overloaded(true, world.now()));
        world.timeline().in(millis, () -> {
            if (node.instance().equals(instance) && node.isOverloaded()) {
                world.change(node, it -> it.overloaded(false, world.now()));
            }
        });
    }

    private void comeAndGo(Node node, long times) {
        if (times > 0) {
            end(node, Condition.KILLED, chance.between(SECOND, 90 * SECOND));
            world.timeline().in(chance.between(100 * SECOND, 240 * SECOND), () -> comeAndGo(node, times - 1));
        }
    }

    private void retire() {
        var node = anyNode();
        if (!node.isMaster() && node.process() == Condition.RUNNING && !node.isCutOff()) {
            world.timeline().note(node + " is retired as planned");
            simulation.cloud().retire(node);
        }
    }

    private void breakCanary() {
        var cluster = chance.oneOf(world.clusters());
        if (!cluster.isCanaryBroken()) {
            world.timeline().note("FAULT searches fail in " + cluster);
            cluster.canaryBroken(true, world.now());
            world.timeline().in(chance.between(MINUTE, 20 * MINUTE), () -> cluster.canaryBroken(false, world.now()));
        }
    }

    private void fillDisks() {
        var cluster = chance.oneOf(world.clusters());
        if (!cluster.areDisksFull()) {
            world.timeline().note("FAULT disks are full in " + cluster);
            cluster.disksFull(true);
            world.timeline().in(chance.between(MINUTE, 30 * MINUTE), () -> cluster.disksFull(false));
        }
    }

    private void suspendGroup() {
        var cluster = chance.oneOf(world.clusters());
        if (!cluster.isGroupSuspended()) {
            world.timeline().note("somebody suspends the group of " + cluster);
            cluster.groupSuspended(true);
            world.timeline().in(chance.between(MINUTE, 30 * MINUTE), () -> cluster.groupSuspended(false));
        }
    }

    /** A privilege is missing, or a call times out: nobody can read one group of a cluster's facts. */
    private void hideFacts() {
        var cluster = chance.oneOf(world.clusters());
        var group = chance.oneOf(List.of(FactGroup.values()));
        if (cluster.hidden().add(group)) {
            world.timeline().note("FAULT " + group + " of " + cluster + " can't be read");
            world.timeline().in(chance.between(2 * MINUTE, 30 * MINUTE), () -> cluster.hidden().remove(group));
        }
    }

    private void twoAtOnce() {
        var nodes = chance.oneOf(world.clusters()).nodes();
        for (var how : List.of(Condition.KILLED, Condition.FROZEN)) {
            var node = chance.oneOf(nodes);
            world.timeline().in(chance.between(0, 20 * SECOND), () -> end(node, how, shortOrLong()));
        }
    }

    private void clusterOut() {
        Cluster cluster = chance.oneOf(world.clusters());
        long millis = chance.between(MINUTE, 30 * MINUTE);
        var how = chance.oneOf(List.of(Condition.KILLED, Condition.FROZEN, Condition.HOST_GONE));
        cluster.nodes().forEach(node -> end(node, how, millis + chance.between(0, MINUTE)));
    }

    private void zoneOut() {
        if (zoneOut) {
            return;
        }
        zoneOut = true;
        int zone = chance.below(Zones.COUNT);
        long millis = chance.between(2 * MINUTE, 25 * MINUTE);
        world.timeline().note("FAULT " + Zones.name(zone) + " is out for " + millis + " ms");
        cutOff(zone, true);
        simulation.agents().get(zone).crash(millis);
        world.timeline().in(millis, () -> {
            world.timeline().note(Zones.name(zone) + " is back");
            zoneOut = false;
            cutOff(zone, false);
        });
    }

    private void cutOff(int zone, boolean out) {
        for (var cluster : world.clusters()) {
            for (var node : cluster.nodes()) {
                if (node.zone() == zone) {
                    world.change(node, it -> it.cutOff(out, world.now()));
                }
            }
        }
    }

    /** A vantage no longer reaches a zone, or none at all; the clusters are well. */
    private void cut() {
        int vantage = chance.below(Zones.COUNT);
        boolean all = chance.happens(0.3);
        int one = chance.below(Zones.COUNT);
        long millis = chance.between(10 * SECOND, 15 * MINUTE);
        world.timeline().note("FAULT vantage " + vantage + " is cut off from " + (all ? "all zones" : Zones.name(one))
                + " for " + millis + " ms");
        var network = world.network();
        network.troubled(vantage).begin(world.now());
        for (int zone = 0; zone < Zones.COUNT; zone++) {
            if (all || zone == one) {
                network.cut(vantage, zone);
            }
        }
        world.timeline().in(millis, () -> {
            for (int zone = 0; zone < Zones.COUNT; zone++) {
                if (all || zone == one) {
                    network.heal(vantage, zone);
                }
            }
            network.troubled(vantage).end(world.now());
        });
    }

    private void burst() {
        int vantage = chance.below(Zones.COUNT);
        int zone = chance.below(Zones.COUNT);
        long millis = chance.between(30 * SECOND, 10 * MINUTE);
        double share = 0.1 + 0.5 * chance.below(100) / 100;
        world.timeline().note("FAULT vantage " + vantage + " loses " + share + " of its probes to " + Zones.name(zone)
                + " for " + millis + " ms");
        world.network().troubled(vantage).begin(world.now());
        world.network().burst(vantage, zone, share);
        world.timeline().in(millis, () -> {
            world.network().burst(vantage, zone, 0);
            world.network().troubled(vantage).end(world.now());
        });
    }
}
