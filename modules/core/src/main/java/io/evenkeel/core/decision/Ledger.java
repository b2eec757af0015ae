package io.evenkeel.core.decision;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.facts.KnownFacts;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/**
 * What the gates remember beside the situation itself. Unchanged maps of the next ledger are the same objects.
 *
 * @param facts by cluster id
 * @param asked by request id
 * @param freezes by {@code kind/subject}
 * @param orders by {@code kind/incident}; approvals that are used or were replaced by newer ones by {@code done/id}
 * @param dryRuns by {@code cluster or service/ACTION}
 * @param isolated by cluster id
 * @param progress of HEALTH; in memory only
 */
public record Ledger(SortedMap<String, KnownFacts> facts, SortedMap<String, Asked> asked,
        SortedMap<String, Freeze> freezes, SortedMap<String, Order> orders, SortedMap<String, DryRuns> dryRuns,
        SortedMap<String, Isolation> isolated, Progress progress) {

    private static final String DONE = "done/";

    public Ledger {
        facts = Collections.unmodifiableSortedMap(facts);
        asked = Collections.unmodifiableSortedMap(asked);
        freezes = Collections.unmodifiableSortedMap(freezes);
        orders = Collections.unmodifiableSortedMap(orders);
        dryRuns = Collections.unmodifiableSortedMap(dryRuns);
        isolated = Collections.unmodifiableSortedMap(isolated);
    }

    /** @param partitions which partition of HEALTH judges a cluster */
    public static Ledger empty(ToIntFunction<ClusterId> partitions) {
        return new Ledger(new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>(),
                new TreeMap<>(), Progress.none(partitions));
    }

    KnownFacts facts(ClusterId cluster) {
        var known = facts.get(cluster.value());
        return known == null ? KnownFacts.none(cluster) : known;
    }

    Optional<Freeze> freeze(Freeze.Kind kind, String subject) {
        return Optional.ofNullable(freezes.get(Freeze.key(kind, subject)));
    }

    Optional<Order> order(Order.Kind kind, String incident) {
        return Optional.ofNullable(orders.get(Order.key(kind, incident)));
    }

    DryRuns dryRun(Fault fault) {
        return dryRuns.getOrDefault(dryRunKey(fault), DryRuns.NONE);
    }

    private static String dryRunKey(Fault fault) {
        return fault.dryRunSubject() + "/" + fault.action();
    }

    Ledger with(KnownFacts next) {
        return new Ledger(Sorted.put(facts, next.facts().cluster().value(), next), asked, freezes, orders, dryRuns,
                isolated, progress);
    }

    Ledger with(Asked next) {
        return new Ledger(facts, Sorted.put(asked, next.request(), next), freezes, orders, dryRuns, isolated, progress);
    }

    Ledger withoutAsked(String request) {
        return new Ledger(facts, Sorted.without(asked, request), freezes, orders, dryRuns, isolated, progress);
    }

    Ledger with(Freeze next) {
        return new Ledger(facts, asked, Sorted.put(freezes, next.key(), next), orders, dryRuns, isolated, progress);
    }

    Ledger without(Freeze over) {
        return new Ledger(facts, asked, Sorted.without(freezes, over.key()), orders, dryRuns, isolated, progress);
    }

    /** The newest of its kind and incident: one that it replaces is done as well. */
    Ledger with(Order next) {
        var known = orders.get(next.key());
        var others = known == null || known.id().equals(next.id()) ? this : done(known);
        return new Ledger(facts, asked, freezes, Sorted.put(others.orders, next.key(), next), dryRuns, isolated,
                progress);
    }

    /** An approval was used, or will not be: it is remembered until it is over, for it may be told again. */
    Ledger done(Order order) {
        var left = Sorted.without(orders, order.key());
        return new Ledger(facts, asked, freezes,
                order.kind() == Order.Kind.APPROVE ? Sorted.put(left, DONE + order.id(), order) : left, dryRuns,
                isolated, progress);
    }

    /** Of the incident, if there was one. */
    Ledger usedApproval(String incident) {
        return order(Order.Kind.APPROVE, incident).map(this::done).orElse(this);
    }

    boolean isDone(Order order) {
        return orders.containsKey(DONE + order.id());
    }

    Ledger withoutOrder(String key) {
        return new Ledger(facts, asked, freezes, Sorted.without(orders, key), dryRuns, isolated, progress);
    }

    Ledger with(Fault dryRun, DryRuns next) {
        return new Ledger(facts, asked, freezes, orders, Sorted.put(dryRuns, dryRunKey(dryRun), next), isolated,
                progress);
    }

    Ledger with(Isolation next) {
        return new Ledger(facts, asked, freezes, orders, dryRuns, Sorted.put(isolated, next.cluster().value(), next),
                progress);
    }

    Ledger withoutIsolation(ClusterId cluster) {
        return new Ledger(facts, asked, freezes, orders, dryRuns, Sorted.without(isolated, cluster.value()),
                progress);
    }

    Ledger with(Progress next) {
        return new Ledger(facts, asked, freezes, orders, dryRuns, isolated, next);
    }
}
