package io.evenkeel.core.facts;

import io.evenkeel.core.cluster.ClusterId;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What one agent has read of a cluster. A group that is not in {@code ages} could not be read: its component is empty and
 * says nothing.
 *
 * @param agent who read it
 * @param ages by group, how long before it was sent it was read, by the agent's monotonic clock
 * @param shutdowns nodes with a shutdown record, by name
 * @param disks data nodes, by name
 * @param scalingGroups Auto Scaling groups of the cluster's nodes, by name
 */
public record ClusterFacts(ClusterId cluster, String agent, SortedMap<FactGroup, Duration> ages, Membership membership,
        Copies copies, Allocation allocation, SortedMap<String, Shutdown> shutdowns, SortedMap<String, NodeDisk> disks,
        SortedMap<String, ScalingGroup> scalingGroups) {

    /**
     * Whom the elected master counts in.
     *
     * @param members names of all nodes
     * @param voters names of those in the voting configuration
     */
    public record Membership(SortedSet<String> members, SortedSet<String> voters) {
        public Membership {
            members = Collections.unmodifiableSortedSet(new TreeSet<>(members));
            voters = Collections.unmodifiableSortedSet(new TreeSet<>(voters));
        }
    }

    /**
     * Shards of which no started copy is anywhere else.
     *
     * @param lastOn by name of the node that has, or last had, the only started copy; the empty name where nobody can
     *     tell
     */
    public record Copies(SortedMap<String, LastCopies> lastOn) {
        public Copies {
            lastOn = Collections.unmodifiableSortedMap(new TreeMap<>(lastOn));
        }
    }

    /**
     * @param shards how many
     * @param examples some of them, as {@code index[0]}, at most 10
     */
    public record LastCopies(int shards, List<String> examples) {
        public LastCopies {
            examples = List.copyOf(examples);
        }
    }

    /**
     * Shard copies on the move, counted over the cluster, each 0 or more.
     *
     * @param delayed unassigned, and waiting for their node to come back
     */
    public record Allocation(int relocating, int initializing, int unassigned, int delayed) {}

    /** @param type as Elasticsearch names it: RESTART, REMOVE, REPLACE, SIGTERM */
    public record Shutdown(String type, String reason) {}

    /**
     * @param usedBytes by all, on the data paths
     * @param roomBytes up to the high watermark, 0 or more
     */
    public record NodeDisk(long usedBytes, long roomBytes) {}

    /**
     * @param suspended names of suspended processes, as Auto Scaling names them
     * @param instanceRefresh status of a refresh that is not over; empty when there is none
     */
    public record ScalingGroup(List<String> suspended, String instanceRefresh) {
        public ScalingGroup {
            suspended = List.copyOf(suspended);
        }
    }

    public ClusterFacts {
        ages = Collections.unmodifiableSortedMap(new TreeMap<>(ages));
        shutdowns = Collections.unmodifiableSortedMap(new TreeMap<>(shutdowns));
        disks = Collections.unmodifiableSortedMap(new TreeMap<>(disks));
        scalingGroups = Collections.unmodifiableSortedMap(new TreeMap<>(scalingGroups));
        ages.forEach((group, age) -> {
            if (age.isNegative()) {
                throw new IllegalArgumentException("age of " + group + " must be 0 or more, was " + age);
            }
        });
    }

    /** Some groups of another's, with their ages; all else of this one. */
    ClusterFacts taking(Set<FactGroup> groups, ClusterFacts from) {
        var nextAges = new TreeMap<>(ages);
        groups.forEach(group -> nextAges.put(group, from.ages().getOrDefault(group, Duration.ZERO)));
        return new ClusterFacts(cluster, from.agent(), nextAges,
                groups.contains(FactGroup.MEMBERSHIP) ? from.membership() : membership,
                groups.contains(FactGroup.COPIES) ? from.copies() : copies,
                groups.contains(FactGroup.ALLOCATION) ? from.allocation() : allocation,
                groups.contains(FactGroup.SHUTDOWNS) ? from.shutdowns() : shutdowns,
                groups.contains(FactGroup.DISKS) ? from.disks() : disks,
                groups.contains(FactGroup.SCALING) ? from.scalingGroups() : scalingGroups);
    }

    /** Nobody has read anything. */
    public static ClusterFacts none(ClusterId cluster) {
        return new ClusterFacts(cluster, "", new TreeMap<>(), new Membership(new TreeSet<>(), new TreeSet<>()),
                new Copies(new TreeMap<>()), new Allocation(0, 0, 0, 0), new TreeMap<>(), new TreeMap<>(),
                new TreeMap<>());
    }
}
