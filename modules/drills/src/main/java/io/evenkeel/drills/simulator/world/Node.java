package io.evenkeel.drills.simulator.world;

import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.cluster.NodeTarget;
import io.evenkeel.core.cluster.Vantage;
import java.util.List;

/** An Elasticsearch node as it really is. */
public final class Node {

    /** What a process does, whatever the network makes of it. */
    public enum Condition {
        RUNNING,
        /** Gone; its host refuses connections. */
        KILLED,
        /** Stopped in the middle: connections open, answers don't come. */
        FROZEN,
        /** Its host is gone: nothing answers. */
        HOST_GONE
    }

    private final NodeId id;
    private final int zone;
    private final String group;
    private final Spells gone = new Spells();
    private final Spells strained = new Spells();
    private Condition process = Condition.RUNNING;
    private boolean overloaded;
    private boolean cutOff;
    private int incarnation = 1;
    private long changedAt = Timeline.START;
    private NodeTarget target;

    Node(NodeId id, int zone, List<String> roles, String group, List<Vantage> vantages) {
        this.id = id;
        this.zone = zone;
        this.group = group;
        this.target = new NodeTarget(id, instance(), "http://" + id.name() + ":9200", Zones.name(zone), roles, group,
                vantages, NodeTarget.Phase.EXPECTED);
    }

    public NodeId id() {
        return id;
    }

    public int zone() {
        return zone;
    }

    public boolean isMaster() {
        return target.masterEligible();
    }

    public boolean holdsData() {
        return target.holdsData();
    }

    public String group() {
        return group;
    }

    /** The instance that really runs, or would. */
    public String instance() {
        return "i-" + id.cluster() + "-" + id.name() + "-" + incarnation;
    }

    /** As discovery wrote it last: what probes go by. */
    public NodeTarget target() {
        return target;
    }

    public void discovered(NodeTarget next) {
        target = next;
    }

    public Condition process() {
        return process;
    }

    public boolean isOverloaded() {
        return overloaded;
    }

    /** Milliseconds; when its process, its host or its network last changed. */
    public long changedAt() {
        return changedAt;
    }

    /** Whether its zone lost the rest of the world, or is out. */
    public boolean isCutOff() {
        return cutOff;
    }

    /** Whether it does its work: alive, and its zone is there. */
    public boolean serves() {
        return process == Condition.RUNNING && !cutOff;
    }

    /** When it did not do its work: only then may it be replaced. */
    public Spells gone() {
        return gone;
    }

    /** When it was alive and turned requests away. */
    public Spells strained() {
        return strained;
    }

    /** Whether probes of it fail now, for a reason of its own. */
    public boolean isIll() {
        return !serves() || overloaded;
    }

    public void process(Condition next, long now) {
        change(now, () -> process = next);
    }

    public void cutOff(boolean next, long now) {
        change(now, () -> cutOff = next);
    }

    public void overloaded(boolean next, long now) {
        change(now, () -> overloaded = next);
    }

    /** Another instance takes its place. */
    public void replaced(long now) {
        incarnation++;
        overloaded(false, now);
    }

    private void change(long now, Runnable change) {
        boolean served = serves();
        boolean wasCalm = !overloaded;
        change.run();
        changedAt = now;
        note(gone, served, serves(), now);
        note(strained, wasCalm, !overloaded, now);
    }

    private static void note(Spells spells, boolean wasFine, boolean isFine, long now) {
        if (wasFine && !isFine) {
            spells.begin(now);
        } else if (!wasFine && isFine) {
            spells.end(now);
        }
    }

    @Override
    public String toString() {
        return id.toString();
    }
}
