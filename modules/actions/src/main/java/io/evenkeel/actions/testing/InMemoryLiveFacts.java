package io.evenkeel.actions.testing;

import io.evenkeel.actions.LiveFacts;
import io.evenkeel.core.action.Command.FailOver;
import io.evenkeel.core.action.Command.ReplaceInstance;
import io.evenkeel.core.facts.ClusterFacts;
import io.evenkeel.core.facts.ClusterFacts.Allocation;
import io.evenkeel.core.facts.ClusterFacts.Copies;
import io.evenkeel.core.facts.ClusterFacts.Membership;
import io.evenkeel.core.facts.ClusterFacts.NodeDisk;
import io.evenkeel.core.facts.ClusterFacts.ScalingGroup;
import io.evenkeel.core.facts.ClusterFacts.Shutdown;
import io.evenkeel.core.facts.FactGroup;
import io.evenkeel.core.facts.NodeSight;
import io.evenkeel.core.facts.StandbySight;
import io.evenkeel.core.health.ClusterView;
import io.evenkeel.core.health.FailureReason;
import io.evenkeel.core.health.ProbeResult.Outcome;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A dead node in a cluster that can do without it, and a standby in order, unless told otherwise. */
public final class InMemoryLiveFacts implements LiveFacts {

    private final Set<FactGroup> readable = EnumSet.allOf(FactGroup.class);
    private Membership membership = new Membership(new TreeSet<>(List.of("master-1", "data-2")),
            new TreeSet<>(List.of("master-1")));
    private Copies copies = new Copies(new TreeMap<>());
    private Allocation allocation = new Allocation(0, 0, 0, 0);
    private Map<String, Shutdown> shutdowns = Map.of();
    private Map<String, NodeDisk> disks = Map.of("data-2", new NodeDisk(1, 1L << 40));
    private ScalingGroup group = new ScalingGroup(List.of(), "");
    private Optional<Outcome> node = Optional
            .of(new Outcome.Failure(FailureReason.CONNECT_REFUSED, "nobody listens"));
    private Optional<ClusterView> standby = Optional.of(
            new ClusterView(1, 1, ClusterView.Canary.WORKS, ClusterView.Colour.GREEN, ClusterView.Master.SEEN, ""));
    private String trouble = "";
    private Runnable afterLook = () -> {
    };
    private int looks;

    public synchronized InMemoryLiveFacts membership(Membership next) {
        membership = next;
        return this;
    }

    public synchronized InMemoryLiveFacts copies(Copies next) {
        copies = next;
        return this;
    }

    public synchronized InMemoryLiveFacts allocation(Allocation next) {
        allocation = next;
        return this;
    }

    public synchronized InMemoryLiveFacts shutdowns(Map<String, Shutdown> next) {
        shutdowns = Map.copyOf(next);
        return this;
    }

    public synchronized InMemoryLiveFacts disks(Map<String, NodeDisk> next) {
        disks = Map.copyOf(next);
        return this;
    }

    /** Of the node that is asked about. */
    public synchronized InMemoryLiveFacts group(ScalingGroup next) {
        group = next;
        return this;
    }

    /** What the node answers. */
    public synchronized InMemoryLiveFacts node(Outcome answer) {
        node = Optional.of(answer);
        return this;
    }

    public synchronized InMemoryLiveFacts standby(ClusterView view) {
        standby = Optional.of(view);
        return this;
    }

    /** A group that can't be read from now on, and why. */
    public synchronized InMemoryLiveFacts without(FactGroup unreadable, String why) {
        readable.remove(unreadable);
        trouble = why;
        return this;
    }

    /** The node can't be asked from now on, and why. */
    public synchronized InMemoryLiveFacts withoutNode(String why) {
        node = Optional.empty();
        trouble = why;
        return this;
    }

    /** Nothing can be seen from now on, and why. */
    public synchronized InMemoryLiveFacts blind(String why) {
        readable.clear();
        standby = Optional.empty();
        return withoutNode(why);
    }

    /** What happens at the end of each look, such as that the next one sees something else. */
    public synchronized InMemoryLiveFacts afterLook(Runnable happening) {
        afterLook = happening;
        return this;
    }

    /** How many times somebody looked. */
    public synchronized int looks() {
        return looks;
    }

    @Override
    public synchronized NodeSight see(ReplaceInstance command, Duration within) {
        looks++;
        var ages = new TreeMap<FactGroup, Duration>();
        readable.forEach(read -> ages.put(read, Duration.ZERO));
        var facts = new ClusterFacts(command.node().cluster(), "test", ages, membership, copies, allocation,
                new TreeMap<>(shutdowns), new TreeMap<>(disks),
                new TreeMap<>(Map.of(command.autoScalingGroup(), group)));
        var sight = new NodeSight(facts, node, trouble);
        afterLook.run();
        return sight;
    }

    @Override
    public synchronized StandbySight see(FailOver command, Duration within) {
        looks++;
        return new StandbySight(standby, trouble);
    }
}
