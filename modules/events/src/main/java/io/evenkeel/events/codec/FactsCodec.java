package io.evenkeel.events.codec;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.facts.ClusterFacts;
import io.evenkeel.core.facts.ClusterFacts.Allocation;
import io.evenkeel.core.facts.ClusterFacts.Copies;
import io.evenkeel.core.facts.ClusterFacts.Membership;
import io.evenkeel.core.facts.ClusterFacts.NodeDisk;
import io.evenkeel.core.facts.ClusterFacts.ScalingGroup;
import io.evenkeel.core.facts.ClusterFacts.Shutdown;
import io.evenkeel.core.facts.FactGroup;
import io.evenkeel.events.avro.AllocationFacts;
import io.evenkeel.events.avro.CopyFacts;
import io.evenkeel.events.avro.DiskFacts;
import io.evenkeel.events.avro.LastCopies;
import io.evenkeel.events.avro.MembershipFacts;
import io.evenkeel.events.avro.NodeShutdown;
import io.evenkeel.events.avro.ScalingFacts;
import io.evenkeel.events.avro.ScalingGroupFacts;
import io.evenkeel.events.avro.ShutdownFacts;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Facts of clusters: each group with its age, or null. */
final class FactsCodec {

    private FactsCodec() {}

    static io.evenkeel.events.avro.ClusterFacts encode(ClusterFacts facts) {
        var avro = io.evenkeel.events.avro.ClusterFacts.newBuilder().setCluster(facts.cluster().value())
                .setAgent(facts.agent());
        facts.ages().forEach((group, age) -> {
            long micros = Wire.micros(age);
            switch (group) {
                case MEMBERSHIP -> avro.setMembership(new MembershipFacts(micros,
                        List.copyOf(facts.membership().members()), List.copyOf(facts.membership().voters())));
                case COPIES -> avro.setCopies(new CopyFacts(micros, listed(facts.copies().lastOn(),
                        (node, last) -> new LastCopies(node, last.shards(), last.examples()))));
                case ALLOCATION -> {
                    var shards = facts.allocation();
                    avro.setAllocation(new AllocationFacts(micros, shards.relocating(), shards.initializing(),
                            shards.unassigned(), shards.delayed()));
                }
                case SHUTDOWNS -> avro.setShutdowns(new ShutdownFacts(micros, listed(facts.shutdowns(),
                        (node, shutdown) -> new NodeShutdown(node, shutdown.type(), shutdown.reason()))));
                case DISKS -> avro.setDisks(new DiskFacts(micros,
                        listed(facts.disks(), (node, disk) -> new io.evenkeel.events.avro.NodeDisk(node,
                                disk.usedBytes(), disk.roomBytes()))));
                case SCALING -> avro.setScaling(new ScalingFacts(micros, listed(facts.scalingGroups(),
                        (name, scaling) -> new ScalingGroupFacts(name, scaling.suspended(),
                                scaling.instanceRefresh()))));
            }
        });
        return avro.build();
    }

    private static <V, A> List<A> listed(SortedMap<String, V> map,
            BiFunction<String, V, A> encode) {
        return map.entrySet().stream().map(entry -> encode.apply(entry.getKey(), entry.getValue())).toList();
    }

    static ClusterFacts decode(io.evenkeel.events.avro.ClusterFacts avro) {
        var ages = new TreeMap<FactGroup, Duration>();
        var facts = ClusterFacts.none(new ClusterId(avro.getCluster()));
        var membership = facts.membership();
        var copies = facts.copies();
        var allocation = facts.allocation();
        var shutdowns = facts.shutdowns();
        var disks = facts.disks();
        var groups = facts.scalingGroups();
        if (avro.getMembership() != null) {
            ages.put(FactGroup.MEMBERSHIP, Wire.duration(avro.getMembership().getAgeAtSendMicros()));
            membership = new Membership(new TreeSet<>(avro.getMembership().getMembers()),
                    new TreeSet<>(avro.getMembership().getVoters()));
        }
        if (avro.getCopies() != null) {
            ages.put(FactGroup.COPIES, Wire.duration(avro.getCopies().getAgeAtSendMicros()));
            copies = new Copies(mapped(avro.getCopies().getLastOn(), LastCopies::getNode,
                    last -> new ClusterFacts.LastCopies(last.getShards(), last.getExamples())));
        }
        if (avro.getAllocation() != null) {
            ages.put(FactGroup.ALLOCATION, Wire.duration(avro.getAllocation().getAgeAtSendMicros()));
            allocation = new Allocation(avro.getAllocation().getRelocating(), avro.getAllocation().getInitializing(),
                    avro.getAllocation().getUnassigned(), avro.getAllocation().getDelayed());
        }
        if (avro.getShutdowns() != null) {
            ages.put(FactGroup.SHUTDOWNS, Wire.duration(avro.getShutdowns().getAgeAtSendMicros()));
            shutdowns = mapped(avro.getShutdowns().getNodes(), NodeShutdown::getNode,
                    node -> new Shutdown(node.getType(), node.getReason()));
        }
        if (avro.getDisks() != null) {
            ages.put(FactGroup.DISKS, Wire.duration(avro.getDisks().getAgeAtSendMicros()));
            disks = mapped(avro.getDisks().getNodes(), io.evenkeel.events.avro.NodeDisk::getNode,
                    disk -> new NodeDisk(disk.getUsedBytes(), disk.getRoomBytes()));
        }
        if (avro.getScaling() != null) {
            ages.put(FactGroup.SCALING, Wire.duration(avro.getScaling().getAgeAtSendMicros()));
            groups = mapped(avro.getScaling().getGroups(), ScalingGroupFacts::getName,
                    group -> new ScalingGroup(group.getSuspended(), group.getInstanceRefresh()));
        }
        return new ClusterFacts(facts.cluster(), avro.getAgent(), ages, membership, copies, allocation, shutdowns,
                disks, groups);
    }

    /** Of two entries of one name the first counts. */
    private static <A, V> SortedMap<String, V> mapped(List<A> entries, Function<A, String> name,
            Function<A, V> decode) {
        return entries.stream().collect(Collectors.toMap(name, decode, (first, _) -> first, TreeMap::new));
    }
}
