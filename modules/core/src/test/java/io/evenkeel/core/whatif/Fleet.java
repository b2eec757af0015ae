package io.evenkeel.core.whatif;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.cluster.NodeTarget;
import io.evenkeel.core.cluster.ServiceId;
import io.evenkeel.core.cluster.Vantage;
import io.evenkeel.core.decision.DecisionInput;
import io.evenkeel.core.decision.DecisionPolicy;
import io.evenkeel.core.decision.DecisionRules;
import io.evenkeel.core.decision.DecisionState;
import io.evenkeel.core.decision.Intent;
import io.evenkeel.core.facts.ClusterFacts;
import io.evenkeel.core.facts.ClusterFacts.Membership;
import io.evenkeel.core.facts.ClusterFacts.NodeDisk;
import io.evenkeel.core.facts.FactGroup;
import io.evenkeel.core.health.Cause;
import io.evenkeel.core.health.ClusterState;
import io.evenkeel.core.health.ClusterTransition;
import io.evenkeel.core.health.Consequence;
import io.evenkeel.core.health.FailureReason;
import io.evenkeel.core.health.HealthPolicy;
import io.evenkeel.core.health.HealthProgress;
import io.evenkeel.core.health.NodeState;
import io.evenkeel.core.health.NodeTransition;
import io.evenkeel.core.health.VantageState;
import io.evenkeel.core.health.VantageTransition;
import io.evenkeel.core.health.Vote;
import io.evenkeel.core.health.Voters;
import io.evenkeel.core.policy.PolicySet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What DECISION knows of a fleet under test, told as HEALTH would tell it. */
final class Fleet {

    static final ClusterId PRIMARY = new ClusterId("primary");
    static final ClusterId STANDBY = new ClusterId("standby");
    static final DecisionPolicy.Service SEARCH = new DecisionPolicy.Service(new ServiceId("search"), PRIMARY, STANDBY);
    static final Duration INTERVAL = Duration.ofSeconds(30);

    private final List<Vantage> vantages;
    private DecisionPolicy policy = DecisionPolicy.defaults("r1", List.of(SEARCH)).withArmed(true);
    private DecisionState state = DecisionState.empty(_ -> 0);
    private Instant now = Instant.parse("2026-11-22T10:00:00Z");
    private long version = 1;

    Fleet(Vantage... vantages) {
        this.vantages = List.of(vantages);
    }

    /** A vantage in each of three zones, and in each a master and a data node of each cluster. */
    static Fleet inThreeZones() {
        var fleet = new Fleet(new Vantage("va", "za"), new Vantage("vb", "zb"), new Vantage("vc", "zc"));
        return fleet.cluster(PRIMARY, "za", "zb", "zc").cluster(STANDBY, "za", "zb", "zc").later(600);
    }

    Fleet cluster(ClusterId id, String... zones) {
        for (int i = 0; i < zones.length; i++) {
            node(id, "m" + (i + 1), zones[i], NodeState.UP);
            node(id, "d" + (i + 1), zones[i], NodeState.UP);
        }
        vantages.forEach(vantage -> vantage(id, vantage.name(), VantageState.VOTING));
        return is(id, ClusterState.HEALTHY);
    }

    Fleet dryRun() {
        policy = policy.withArmed(false);
        return this;
    }

    Fleet later(int seconds) {
        now = now.plusSeconds(seconds);
        return tell(new DecisionInput.HealthProgressed(new HealthProgress(0, now))).tell(new DecisionInput.Ticked());
    }

    Fleet node(ClusterId cluster, String name, String zone, NodeState to) {
        boolean master = name.startsWith("m");
        var target = new NodeTarget(new NodeId(cluster, name), "i-" + name, "http://127.0.0.1:9200", zone,
                List.of(master ? "master" : "data"), master ? "" : "group", vantages,
                NodeTarget.Phase.EXPECTED);
        var cause = to == NodeState.DOWN
                ? new Cause(List.of(FailureReason.CONNECT_REFUSED), true, Consequence.REPLACE)
                : Cause.NONE;
        return tell(new DecisionInput.NodeChanged(new NodeTransition(target, NodeState.JOINING, to, now, version++, 0,
                now, cause, "told", List.of(), List.of(), "r1")));
    }

    Fleet is(ClusterId cluster, ClusterState to) {
        var votes = vantages.stream().map(vantage -> new Vote(vantage.name(), vantage.zone(),
                to == ClusterState.FAILED ? Vote.Stand.DOWN : Vote.Stand.UP, 3)).toList();
        return tell(new DecisionInput.ClusterChanged(new ClusterTransition(cluster, ClusterState.UNKNOWN, to, now,
                version++, 0, now, "told", Voters.of(3, 3), votes, List.of(), "r1")));
    }

    Fleet vantage(ClusterId cluster, String name, VantageState to) {
        var known = vantages.stream().filter(vantage -> vantage.name().equals(name)).findFirst().orElseThrow();
        return tell(new DecisionInput.VantageChanged(new VantageTransition(cluster, known, VantageState.JOINING, to,
                now, version++, 0, "told", "r1")));
    }

    Fleet hold(String subject) {
        return tell(new DecisionInput.IntentSet(
                new Intent(Intent.Kind.HOLD, subject, "alex", "upgrade", now, now.plus(Duration.ofHours(4)))));
    }

    /** The elected master of the primary counts these nodes in. */
    Fleet members(String... names) {
        var ages = new TreeMap<FactGroup, Duration>();
        ages.put(FactGroup.MEMBERSHIP, Duration.ZERO);
        var none = ClusterFacts.none(PRIMARY);
        return tell(new DecisionInput.FactsRead(new ClusterFacts(PRIMARY, "agent", ages,
                new Membership(new TreeSet<>(List.of(names)), new TreeSet<>()), none.copies(), none.allocation(),
                none.shutdowns(), none.disks(), none.scalingGroups()), now));
    }

    /** As data nodes of the primary tell of their disks. */
    Fleet disks(Map<String, NodeDisk> disks) {
        var ages = new TreeMap<FactGroup, Duration>();
        ages.put(FactGroup.DISKS, Duration.ZERO);
        var none = ClusterFacts.none(PRIMARY);
        return tell(new DecisionInput.FactsRead(new ClusterFacts(PRIMARY, "agent", ages, none.membership(),
                none.copies(), none.allocation(), none.shutdowns(), new TreeMap<>(disks), none.scalingGroups()), now));
    }

    private Fleet tell(DecisionInput input) {
        state = DecisionRules.apply(state, policy, input, now).state();
        return this;
    }

    DecisionState state() {
        return state;
    }

    DecisionPolicy policy() {
        return policy;
    }

    Instant now() {
        return now;
    }

    Timeline without(String subject) {
        return without(subject, Duration.ofMinutes(10));
    }

    Timeline without(String subject, Duration horizon) {
        var policies = new PolicySet(HealthPolicy.defaults("r1"), new TreeMap<>(), policy);
        return WhatIf.of(new Present(state, policies, now), Loss.of(subject, state), _ -> INTERVAL, horizon);
    }
}
