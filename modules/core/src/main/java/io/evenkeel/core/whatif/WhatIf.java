package io.evenkeel.core.whatif;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.decision.DecisionInput;
import io.evenkeel.core.decision.DecisionOutput;
import io.evenkeel.core.decision.DecisionRules;
import io.evenkeel.core.decision.DecisionState;
import io.evenkeel.core.facts.KnownFacts;
import io.evenkeel.core.health.HealthOutput;
import io.evenkeel.core.health.HealthProgress;
import io.evenkeel.core.whatif.Timeline.Decided;
import io.evenkeel.core.whatif.Timeline.Event;
import io.evenkeel.core.whatif.Timeline.Moved;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What would be decided if something were lost now: results of the vantages that are left go through HEALTH's rules, what
 * these say goes through DECISION's, second by second of a time that nobody waits for, after two minutes in steps of up to
 * 5 s. A request that would be made stays under way: nothing is assumed of what comes of it. Changes nothing but itself;
 * for one use.
 */
public final class WhatIf {

    /** Agents read facts again after so long; sooner where the policy wants them fresher. */
    private static final Duration FACTS_EVERY = Duration.ofSeconds(30);

    /** So long each second is looked at, afterwards every {@link #STRIDE}: by then only minutes matter. */
    private static final Duration EXACT = Duration.ofMinutes(2);
    private static final long STRIDE = 5;

    private final Present present;
    private final Loss loss;
    private final Map<String, LostCluster> clusters = new TreeMap<>();
    /** The sides that traffic goes to first: where both sides of a service are lost at once, the worst is that order. */
    private final Map<String, WatchedCluster> touched = new LinkedHashMap<>();
    private final List<Event> events = new ArrayList<>();
    private DecisionState state;
    private long stride = STRIDE;
    private long factsDue;

    private WhatIf(Present present, Loss loss, Function<ClusterId, Duration> interval) {
        this.present = present;
        this.loss = loss;
        state = present.state();
        var active = state.services().values().stream().map(service -> service.status().active()).toList();
        var order = state.clusters().values().stream()
                .sorted(Comparator.comparing(cluster -> !active.contains(cluster.cluster()))).toList();
        for (var situation : order) {
            var id = situation.cluster();
            var lost = new LostCluster(situation, loss,
                    state.ledger().facts().getOrDefault(id.value(), KnownFacts.none(id)));
            clusters.put(id.value(), lost);
            if (loss.touches(situation)) {
                touched.put(id.value(), new WatchedCluster(lost, present.policies().of(id), interval.apply(id)));
                stride = Math.clamp(interval.apply(id).toSeconds(), 1, stride);
            }
        }
    }

    /**
     * Runs the rules ahead.
     *
     * @param interval from one probe of a cluster's nodes to the next
     * @param horizon how far, in whole seconds
     */
    public static Timeline of(Present present, Loss loss, Function<ClusterId, Duration> interval, Duration horizon) {
        return new WhatIf(present, loss, interval).run(horizon);
    }

    private Timeline run(Duration horizon) {
        touched.values().forEach(cluster -> cluster.recall(present.asOf()));
        var from = present.asOf().plusSeconds(1);
        for (long since = 0; since <= horizon.toSeconds(); since += since < EXACT.toSeconds() ? 1 : stride) {
            moment(from.plusSeconds(since), since);
        }
        var outlook = new Outlooks(loss, present.policies().decision(), from, events, state);
        return new Timeline(loss, from, horizon, events, outlook.of(touched.keySet()));
    }

    private void moment(Instant now, long since) {
        for (var cluster : touched.values()) {
            cluster.moment(now, since).forEach(output -> moved(output, now, since));
        }
        var maxAge = present.policies().decision().safety().facts().maxAge();
        long every = Math.max(1, Math.min(FACTS_EVERY.toSeconds(), maxAge.toSeconds() / 2));
        if (since == 1 || since >= factsDue) {
            factsDue = since + every;
            clusters.values().stream().filter(this::canBeRead)
                    .map(cluster -> cluster.readAgain(present.asOf().minus(maxAge)))
                    .filter(facts -> !facts.ages().isEmpty())
                    .forEach(facts -> decide(new DecisionInput.FactsRead(facts, now), now, since));
        }
        healthGoesOn(now, since);
        decide(new DecisionInput.Ticked(), now, since);
    }

    /** HEALTH is no part of what is lost: it judges up to now, as far as it does. */
    private void healthGoesOn(Instant now, long since) {
        state.ledger().progress().of(clusters.keySet()).forEach(
                partition -> decide(new DecisionInput.HealthProgressed(new HealthProgress(partition, now)), now,
                        since));
    }

    private boolean canBeRead(LostCluster cluster) {
        var watched = touched.get(cluster.situation().cluster().value());
        return watched == null || watched.canBeRead();
    }

    private void moved(HealthOutput output, Instant now, long since) {
        var after = Duration.ofSeconds(since);
        switch (output) {
            case HealthOutput.NodeChanged(var moved) -> {
                events.add(new Moved(after, moved.node().toString(), moved.from().name(), moved.to().name(),
                        moved.reason()));
                decide(new DecisionInput.NodeChanged(moved), now, since);
            }
            case HealthOutput.ClusterChanged(var moved) -> {
                events.add(new Moved(after, moved.cluster().value(), moved.from().name(), moved.to().name(),
                        moved.reason()));
                decide(new DecisionInput.ClusterChanged(moved), now, since);
            }
            case HealthOutput.VantageChanged(var moved) -> {
                events.add(new Moved(after, moved.cluster() + "/vantage/" + moved.vantage().name(),
                        moved.from().name(), moved.to().name(), moved.reason()));
                decide(new DecisionInput.VantageChanged(moved), now, since);
            }
        }
    }

    private void decide(DecisionInput input, Instant now, long since) {
        var step = DecisionRules.apply(state, present.policies().decision(), input, now);
        state = step.state();
        for (var output : step.outputs()) {
            if (output instanceof DecisionOutput.Decided(var decision)) {
                events.add(new Decided(Duration.ofSeconds(since), decision));
            }
        }
    }
}
