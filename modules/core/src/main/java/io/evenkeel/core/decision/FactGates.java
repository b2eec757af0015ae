package io.evenkeel.core.decision;

import static io.evenkeel.core.decision.GateAnswer.no;
import static io.evenkeel.core.decision.GateAnswer.notYet;
import static io.evenkeel.core.decision.GateAnswer.unknown;
import static io.evenkeel.core.decision.GateAnswer.yes;

import io.evenkeel.core.decision.SafetyPolicy.Facts.Use;
import io.evenkeel.core.facts.ClusterFacts;
import io.evenkeel.core.facts.FactGroup;
import io.evenkeel.core.facts.KnownFacts;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The gates on facts: the same for DECISION on records and for a handler on what it has just read. A fact that is missing
 * or too old says no, or, while facts are optional, is passed over.
 *
 * @param now broker time
 */
public record FactGates(KnownFacts known, SafetyPolicy.Facts policy, Instant now) {

    /** Auto Scaling's own names of what must run for a replacement to come; suspended, somebody else is at work. */
    private static final Set<String> HANDS_OFF = Set.of("Launch", "Terminate", "HealthCheck", "ReplaceUnhealthy");

    /** On what was read for this very question: as old as the question, so never too old. */
    static FactGates justRead(ClusterFacts read, SafetyPolicy.Facts policy) {
        var readAt = new TreeMap<FactGroup, Instant>();
        read.ages().keySet().forEach(group -> readAt.put(group, Instant.EPOCH));
        return new FactGates(new KnownFacts(read, readAt), policy, Instant.EPOCH);
    }

    /** Somebody else is at work on the cluster or on the group: a shutdown record, a refresh, a suspended process. */
    public GateAnswer foreignOperation(String autoScalingGroup) {
        var shutdown = answer("foreign-operation", FactGroup.SHUTDOWNS, this::noShutdown);
        if (!shutdown.isYes() || autoScalingGroup.isEmpty()) {
            return shutdown;
        }
        return answer("foreign-operation", FactGroup.SCALING, facts -> groupAtRest(facts, autoScalingGroup));
    }

    private GateAnswer noShutdown(ClusterFacts facts) {
        return facts.shutdowns().entrySet().stream().findFirst()
                .map(entry -> notYet("foreign-operation", entry.getKey() + " is shutting down: "
                        + entry.getValue().type() + ", " + entry.getValue().reason()))
                .orElseGet(() -> yes("foreign-operation", "none"));
    }

    private GateAnswer groupAtRest(ClusterFacts facts, String name) {
        var group = facts.scalingGroups().get(name);
        if (group == null) {
            return notYet("foreign-operation", "Auto Scaling group " + name + " was not found");
        }
        var suspended = group.suspended().stream().filter(HANDS_OFF::contains).toList();
        if (!suspended.isEmpty()) {
            return notYet("foreign-operation", name + " has " + String.join(", ", suspended) + " suspended");
        }
        return group.instanceRefresh().isEmpty()
                ? yes("foreign-operation", "none")
                : notYet("foreign-operation", name + " has an instance refresh: " + group.instanceRefresh());
    }

    /** Elasticsearch still counts it in: it lives, whatever the probes say. */
    public GateAnswer membership(String node) {
        return answer("membership", FactGroup.MEMBERSHIP, facts -> facts.membership().members().contains(node)
                ? notYet("membership", "the elected master counts it in")
                : yes("membership", "not a member"));
    }

    /** Whatever its roles say: a node that votes is never taken away. */
    public GateAnswer noVoter(String node) {
        return answer("voting-configuration", FactGroup.MEMBERSHIP, facts -> facts.membership().voters().contains(node)
                ? no("voting-configuration", "it is one of " + facts.membership().voters().size() + " voters")
                : yes("voting-configuration", "not one of " + facts.membership().voters().size() + " voters"));
    }

    public GateAnswer lastCopy(String node) {
        return answer("last-copy", FactGroup.COPIES, facts -> {
            for (String holder : List.of(node, "")) {
                var last = facts.copies().lastOn().get(holder);
                if (last != null && last.shards() > 0) {
                    return no("last-copy", (holder.isEmpty()
                            ? "nobody knows where the last copies were of "
                            : "it has the last started copies of ") + last.shards() + " shards, such as "
                            + String.join(", ", last.examples()));
                }
            }
            return yes("last-copy", "every shard has a started copy elsewhere");
        });
    }

    /** Elasticsearch itself waits for the node to come back. */
    public GateAnswer allocation() {
        return answer("allocation", FactGroup.ALLOCATION, facts -> {
            var shards = facts.allocation();
            String numbers = shards.delayed() + " delayed, " + shards.relocating() + " relocating, "
                    + shards.initializing() + " initializing, " + shards.unassigned() + " unassigned";
            return shards.delayed() > 0 ? notYet("allocation", numbers) : yes("allocation", numbers);
        });
    }

    /** The rest must be able to hold what the node held, in case that no new one comes. */
    public GateAnswer diskHeadroom(String node) {
        return answer("disk-headroom", FactGroup.DISKS, facts -> {
            long room = facts.disks().entrySet().stream().filter(entry -> !entry.getKey().equals(node))
                    .mapToLong(entry -> entry.getValue().roomBytes()).sum();
            var own = facts.disks().get(node);
            long needed = own == null ? 1 : own.usedBytes();
            String numbers = gibibytes(room) + " left on the others up to the high watermark"
                    + (own == null ? "" : ", " + gibibytes(needed) + " needed");
            return room >= needed ? yes("disk-headroom", numbers) : notYet("disk-headroom", numbers);
        });
    }

    private static String gibibytes(long bytes) {
        return (bytes >> 30) + " GiB";
    }

    private GateAnswer answer(String gate, FactGroup group, Function<ClusterFacts, GateAnswer> fresh) {
        var age = known.age(group, now);
        if (policy.use() != Use.OFF && age.isPresent() && age.get().compareTo(policy.maxAge()) <= 0) {
            return fresh.apply(known.facts());
        }
        String why = "facts are " + age
                .map(old -> old.toSeconds() + " s old, " + policy.maxAge().toSeconds() + " s allowed")
                .orElse("not there");
        return unknown(gate, why, policy.use());
    }
}
