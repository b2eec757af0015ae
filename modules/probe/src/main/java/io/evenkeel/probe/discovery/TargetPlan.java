package io.evenkeel.probe.discovery;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.cluster.NodeTarget;
import io.evenkeel.core.cluster.NodeTarget.Phase;
import io.evenkeel.core.cluster.Vantage;
import io.evenkeel.core.health.HealthInput.ClusterExpected;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What {@code targets} should say of one cluster. Pure, and the same for every vantage: agents that see the same sources
 * want the same records, and what a source does not say changes nothing.
 * <ul>
 * <li>Once EXPECTED, a node stays EXPECTED when Elasticsearch no longer lists it: that is what is watched for.
 * <li>Its instance is terminating by Auto Scaling's plan: RETIRING, and never back.
 * <li>Its instance is gone from its group: RETIRED. A group listed without any instance while its nodes are still members
 * is no proof: wrong credentials look the same.
 * <li>A new incarnation of a name is EXPECTED, whatever the old one was.
 * <li>RETIRED for long enough: deleted.
 * </ul>
 */
record TargetPlan(ClusterId cluster, List<Vantage> vantages, DiscoverySettings settings) {

    /** Incarnation of a configured node that nobody has seen yet. */
    static final String UNSEEN = "unseen";

    TargetPlan {
        // One order, so that agents whose configurations differ only in order agree.
        vantages = vantages.stream().sorted(Comparator.comparing(Vantage::name)).toList();
    }

    /** @param since append time of the record */
    record Known(NodeTarget target, Instant since) {}

    /** What stands in {@code targets}; no cluster where it is not expected yet. */
    record Present(Map<NodeId, Known> nodes, @Nullable ClusterExpected cluster) {
        Present {
            nodes = Map.copyOf(nodes);
        }
    }

    record Sources(Listing<SeenNode> members, Listing<GroupInstance> instances) {}

    /** The differences, in the order of names. */
    List<TargetChange> next(Present present, Sources sources, Instant now) {
        var changes = new ArrayList<TargetChange>();
        var expected = new ClusterExpected(cluster, vantages);
        if (!expected.equals(present.cluster())) {
            changes.add(new TargetChange.PutCluster(expected));
        }
        var round = round(present, sources);
        for (var node : round.names()) {
            var known = present.nodes().get(node);
            var change = known == null ? round.added(node) : round.changed(known, now);
            if (change != null) {
                changes.add(change);
            }
        }
        return changes;
    }

    private Round round(Present present, Sources sources) {
        return new Round(this, present, sources.members().available(),
                sources.members().itemsIfListed().stream()
                        .collect(Collectors.toMap(seen -> new NodeId(cluster, seen.name()), Function.identity(),
                                (_, b) -> b)),
                settings.nodes().stream()
                        .collect(Collectors.toMap(node -> new NodeId(cluster, node.name()), Function.identity(),
                                (_, b) -> b)),
                sources.instances().available(), sources.instances().itemsIfListed().stream()
                        .collect(Collectors.toMap(GroupInstance::instanceId, Function.identity(), (_, b) -> b)));
    }

    /** One look at all sources, by name. */
    private record Round(TargetPlan plan, Present present, boolean membersListed, Map<NodeId, SeenNode> seen,
            Map<NodeId, StaticNode> configured, boolean instancesListed, Map<String, GroupInstance> instances) {

        TreeSet<NodeId> names() {
            var names = new TreeSet<>(present.nodes().keySet());
            names.addAll(seen.keySet());
            names.addAll(configured.keySet());
            return names;
        }

        @Nullable
        TargetChange added(NodeId node) {
            var instance = instance(node, null);
            var wanted = described(node, null, instance);
            if (wanted.url().isEmpty() || wanted.phase() == Phase.RETIRED) {
                // Where nobody says how to reach it, there is nothing to probe yet.
                return null;
            }
            return new TargetChange.PutNode(wanted);
        }

        @Nullable
        TargetChange changed(Known known, Instant now) {
            var before = known.target();
            var wanted = described(before.node(), before, instance(before.node(), before));
            if (wanted.phase() == Phase.RETIRED && before.phase() == Phase.RETIRED) {
                // Not rewritten for its details: that would start its time anew.
                return now.isBefore(known.since().plus(plan.settings().retiredFor()))
                        ? null
                        : new TargetChange.Delete(before.node());
            }
            return wanted.equals(before) ? null : new TargetChange.PutNode(wanted);
        }

        private @Nullable GroupInstance instance(NodeId node, @Nullable NodeTarget before) {
            var member = seen.get(node);
            var stated = member == null ? "" : member.attribute(plan.settings().instanceAttribute());
            var last = member == null && before != null ? before.incarnation() : "";
            return Stream.of(stated, node.name(), last).map(instances::get).filter(found -> found != null).findFirst()
                    .orElse(null);
        }

        private NodeTarget described(NodeId node, @Nullable NodeTarget before, @Nullable GroupInstance instance) {
            String incarnation = incarnation(node, before, instance);
            var same = before != null && before.incarnation().equals(incarnation) ? before : null;
            String group = instance != null ? instance.groupName() : same != null ? same.autoScalingGroup() : "";
            return new NodeTarget(node, incarnation, url(node, before), zone(node, before, instance),
                    roles(node, before), group, plan.vantages(), phase(node, same, instance));
        }

        private String url(NodeId node, @Nullable NodeTarget before) {
            var fixed = configured.get(node);
            var member = seen.get(node);
            return firstOf(fixed == null ? "" : fixed.url(), member == null ? "" : member.url(),
                    before == null ? "" : before.url());
        }

        private String zone(NodeId node, @Nullable NodeTarget before, @Nullable GroupInstance instance) {
            var fixed = configured.get(node);
            var member = seen.get(node);
            return firstOf(fixed == null ? "" : fixed.zone(),
                    member == null ? "" : member.attribute(plan.settings().zoneAttribute()),
                    instance == null ? "" : instance.availabilityZone(), before == null ? "" : before.zone());
        }

        private List<String> roles(NodeId node, @Nullable NodeTarget before) {
            var fixed = configured.get(node);
            if (fixed != null && !fixed.roles().isEmpty()) {
                return List.copyOf(fixed.roles());
            }
            var member = seen.get(node);
            if (member != null) {
                return List.copyOf(member.roles());
            }
            return before == null ? List.of() : before.roles();
        }

        private String incarnation(NodeId node, @Nullable NodeTarget before, @Nullable GroupInstance instance) {
            if (instance != null) {
                return instance.instanceId();
            }
            var member = seen.get(node);
            if (member == null) {
                return before == null ? UNSEEN : before.incarnation();
            }
            String stated = member.attribute(plan.settings().instanceAttribute());
            if (!stated.isEmpty()) {
                return stated;
            }
            if (before != null && !before.autoScalingGroup().isEmpty()) {
                // By its name it is the instance of a group that can't be listed now, or that it has just left.
                return before.incarnation();
            }
            return member.ephemeralId();
        }

        /** @param before what is known of the same incarnation */
        private Phase phase(NodeId node, @Nullable NodeTarget before, @Nullable GroupInstance instance) {
            if (instance != null) {
                return listedPhase(node, before, instance);
            }
            if (before == null) {
                return Phase.EXPECTED;
            }
            return goneFromItsGroup(before) ? Phase.RETIRED : before.phase();
        }

        private Phase listedPhase(NodeId node, @Nullable NodeTarget before, GroupInstance instance) {
            if (instance.terminated()) {
                return Phase.RETIRED;
            }
            if (instance.terminating() || (before != null && before.phase() == Phase.RETIRING)) {
                return Phase.RETIRING;
            }
            boolean stillRetired = before != null && before.phase() == Phase.RETIRED && !seen.containsKey(node);
            return stillRetired ? Phase.RETIRED : Phase.EXPECTED;
        }

        private boolean goneFromItsGroup(NodeTarget before) {
            String group = before.autoScalingGroup();
            return instancesListed && plan.settings().autoScalingGroups().contains(group) && believable(group);
        }

        private boolean believable(String group) {
            boolean anyListed = instances.values().stream().anyMatch(instance -> instance.groupName().equals(group));
            return anyListed || (membersListed && present.nodes().values().stream().map(Known::target)
                    .noneMatch(target -> target.autoScalingGroup().equals(group) && seen.containsKey(target.node())));
        }

        private static String firstOf(String... candidates) {
            return Stream.of(candidates).filter(candidate -> !candidate.isEmpty()).findFirst().orElse("");
        }
    }
}
