package io.evenkeel.core.health;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.NodeTarget;
import io.evenkeel.core.cluster.SharedParts;
import io.evenkeel.core.cluster.Vantage;
import io.evenkeel.core.health.ProbeResult.ClusterProbed;
import io.evenkeel.core.health.ProbeResult.NodeProbed;
import io.evenkeel.core.health.ProbeResult.NodeReported;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The health of one cluster and its nodes: a state machine whose every step depends on state, policy, input and moment
 * alone. Its parts, a {@link ClusterHead} and one {@link NodeHealth} a node, are values that pure rules replace; the
 * machine only holds them, so that a result costs what it touches and not what the cluster has. A step names the parts
 * that must survive a crash; {@link #restore} puts them back. Not thread-safe.
 *
 * <p>A vantage's vote on a node is DOWN when its results meet the {@linkplain Threshold threshold} of a
 * {@linkplain FailureClass class}, CONFIRMED_DOWN when {@code confirmations} re-probes were refused, UP after
 * {@code recoveryThreshold} successes in a row, DOUBTED while its failures don't count, SILENT when nothing was heard
 * for {@code staleAfter}. DOUBTED and SILENT say nothing. A quorum is a majority of the vantages <em>expected</em>, from
 * two zones where they lie in two or more. Results of others, repeats, late ones (older than {@link #MAX_AGE}, or
 * overtaken) change nothing.
 *
 * <pre>
 * node, EXPECTED:
 *   JOINING    -> UP          a quorum votes UP; failures don't count during the start-up grace
 *   UP         -> SUSPECT     any vantage sees failures, or fewer than a quorum report
 *   SUSPECT    -> UP          nobody sees failures and a quorum reports
 *   any        -> DOWN        a quorum votes DOWN (JOINING: after the grace; FLAPPING: for overrideFlappingAfter). Where
 *                             other evidence of life was observed since the first failure, and contradictionAfter is
 *                             over, only with its next word, or after contradictionAfter more; not if confirmed
 *   DOWN       -> DOWN        a quorum's failures allow more or less than before, or are confirmed now
 *   any        -> UNREACHABLE a quorum votes DOWN, but other evidence of life was observed contradictionAfter the
 *                             first failure or later, and is not stale
 *   DOWN, UNREACHABLE -> RECOVERING  no quorum votes DOWN any more, and somebody gets answers again
 *   RECOVERING -> UP          a quorum votes UP and has for minimumHealthy
 *   UP, SUSPECT, RECOVERING -> FLAPPING  the score reaches its high mark, also instead of DOWN
 *   FLAPPING   -> UP          the score is under its low mark, and a quorum votes UP and has for minimumHealthy
 *   any        -> UNKNOWN     nobody reports; or fewer than a quorum, and it was not UP or SUSPECT
 *   UNKNOWN    -> UP          a quorum votes UP
 * node, RETIRING: any -> DRAINING.   node, RETIRED: any -> RETIRED.   A new incarnation starts in JOINING.
 *
 * cluster (each by a quorum of vantages; the first line that holds):
 *   UNKNOWN      a rule threw for it within TRUSTED_AFTER
 *   UNKNOWN      fewer than a quorum report
 *   FAILED       failureThreshold times in a row no node answered or the canary failed on every node tried
 *   UNKNOWN      it was FAILED, which no quorum says now, and somebody found it usable more than recoveryThreshold times
 *                in a row; QUORUM_LOST and a master seen alike
 *   FAILED stays until it was usable, QUORUM_LOST until a master was seen, recoveryThreshold times in a row
 *   QUORUM_LOST  failureThreshold times in a row no elected master was seen
 *   DEGRADED     failureThreshold times in a row not in order (red, canary unproven), but usable
 *   HEALTHY      recoveryThreshold times in a row in order, and, where it was FAILED or QUORUM_LOST since it was last
 *                HEALTHY, for minimumHealthy
 *   DEGRADED     it was FAILED or QUORUM_LOST until now: usable, not yet proved
 *   otherwise it stays as it is
 *
 * vantage, as this cluster knows it:
 *   JOINING, SILENT, DOUBTED -> VOTING  it is heard, and has not doubted itself for 30 s
 *   any -> SILENT   nothing heard for staleAfter
 *   any -> DOUBTED  a result carries a doubt, or began later than maxLateness
 * </pre>
 */
public final class ClusterHealth {

    /** Agents drop older results rather than send them. */
    public static final Duration MAX_AGE = Duration.ofSeconds(10);

    /** Two rounds of results at 30 s, and of ticks after a throw: what throws each time leaves no gap of this length. */
    static final Duration TRUSTED_AFTER = Duration.ofSeconds(65);

    private final SharedParts shared;
    private final NodeTable nodes;
    private ClusterHead head;
    /** As of the last step; null when the head was put back since. */
    private @Nullable Pulses pulses;

    public ClusterHealth(ClusterId cluster) {
        this(cluster, new SharedParts());
    }

    /** @param shared also used by other clusters of the same thread */
    public ClusterHealth(ClusterId cluster, SharedParts shared) {
        this.shared = shared;
        nodes = new NodeTable(cluster, shared);
        head = ClusterHead.unknown(cluster);
    }

    /**
     * What a step did.
     *
     * @param outputs what to tell, in order
     * @param headChanged whether the head must be kept
     * @param nodesChanged names of nodes that must be kept; a name that is no node any more is to be deleted
     * @param nextCheck when time alone could change something, at the earliest; MAX when never, or not before an earlier
     *     step said
     */
    public record Step(List<HealthOutput> outputs, boolean headChanged, Set<String> nodesChanged, Instant nextCheck) {

        private static final Step NOTHING = new Step(List.of(), false, Set.of(), Instant.MAX);
        private static final Optional<Step> ROUTINE = Optional.of(NOTHING);

        public Step {
            outputs = List.copyOf(outputs);
            nodesChanged = Set.copyOf(nodesChanged);
        }
    }

    public ClusterHead head() {
        settle();
        return head;
    }

    public Collection<NodeHealth> nodes() {
        return nodes.all();
    }

    public Optional<NodeHealth> node(String name) {
        return Optional.ofNullable(nodes.get(name));
    }

    /** Why a node stands where it stands; empty when no such node is expected. */
    public Optional<NodeExplanation> explain(String node, HealthPolicy policy, Moment moment) {
        return node(node).map(known -> NodeRules.explain(known, policy, moment));
    }

    /** Why the cluster stands where it stands. */
    public ClusterExplanation explain(HealthPolicy policy, Moment moment) {
        return ClusterRules.explain(head(), nodes.voters(), policy, moment);
    }

    private boolean knows(ProbeResult result) {
        return switch (result) {
            case NodeProbed probed -> head.expects(result.source().vantage())
                    || nodes.expects(probed.node().name(), result.source().vantage());
            case ClusterProbed _ -> head.expects(result.source().vantage());
            case NodeReported _ -> true;
        };
    }

    /** Puts a part back, as a step said that it must survive. */
    public void restore(ClusterHead part) {
        pulses = null;
        head = part;
    }

    /** Puts a part back, as a step said that it must survive. */
    public void restore(NodeHealth part) {
        nodes.put(part.sharing(shared), Instant.EPOCH);
    }

    public void forget(String node) {
        nodes.remove(node);
    }

    /** Other numbers hold from the next input on: then each node is judged again, whether due or not. */
    public void policyChanged() {
        nodes.checkAll();
    }

    /**
     * A result from a topic that anyone may write. Empty when it could count for nothing here: no vantage that is expected,
     * or no node that is.
     */
    public Optional<Step> heard(HealthPolicy policy, ProbeResult result, Moment moment) {
        // What is routine is known, and who is known takes longer to find out.
        if (result instanceof NodeProbed probed && isRoutine(probed, policy, moment)) {
            return Step.ROUTINE;
        }
        return knows(result) ? Optional.of(taken(policy, new HealthInput.Probed(result), moment)) : Optional.empty();
    }

    public Step apply(HealthPolicy policy, HealthInput input, Moment moment) {
        return input instanceof HealthInput.Probed(NodeProbed result) && isRoutine(result, policy, moment)
                ? Step.NOTHING
                : taken(policy, input, moment);
    }

    private Step taken(HealthPolicy policy, HealthInput input, Moment moment) {
        settle();
        // Should a rule throw, nothing is routine until another step ends well.
        pulses = null;
        var turn = new Turn(policy, moment);
        try {
            turn.take(input);
            return turn.step();
        } catch (RuntimeException thrown) {
            turn.undo();
            throw thrown;
        }
    }

    /**
     * A rule threw at an input. That input has changed nothing; but what should have come of it nobody knows, so the
     * cluster is UNKNOWN until nothing is thrown for {@link #TRUSTED_AFTER}. Told at the first. Asks no rule.
     *
     * @param error what was thrown
     */
    public Step ruleThrew(String error, HealthPolicy policy, Moment moment) {
        pulses = null;
        boolean told = moment.now().isBefore(head.trustedFrom());
        var trustedFrom = moment.now().plus(TRUSTED_AFTER);
        if (told) {
            head = head.distrusted(trustedFrom);
            return new Step(List.of(), true, Set.of(), trustedFrom);
        }
        var transition = ClusterTransition.ofRuleError(head, moment.now(), error, policy.revision());
        head = head.moved(transition).distrusted(trustedFrom);
        return new Step(List.of(new HealthOutput.ClusterChanged(transition)), true, Set.of(), trustedFrom);
    }

    /**
     * Nearly every result: a steady node is in order once more, and so is the vantage that says so. Nothing but when they
     * were heard changes, so no value is replaced and nothing is judged. Whatever is not like that takes the long way.
     */
    private boolean isRoutine(NodeProbed result, HealthPolicy policy, Moment moment) {
        var vantage = result.source().vantage();
        var vantages = pulses;
        if (vantages == null || !vantages.isOrdinary(vantage, policy.staleAfter(), moment)) {
            return false;
        }
        boolean routine = result.timing().ageAtSend().compareTo(MAX_AGE) <= 0
                && Doubts.of(result.source(), result.timing(), policy).isEmpty()
                && nodes.tookQuietly(result, policy, moment);
        if (routine) {
            vantages.heard(vantage, moment.now());
        }
        return routine;
    }

    private void settle() {
        var vantages = pulses;
        if (vantages != null) {
            head = vantages.settled(head);
        }
    }

    /** One input being taken in. */
    private final class Turn {
        private final HealthPolicy policy;
        private final Moment moment;
        private final List<HealthOutput> outputs = new ArrayList<>();
        private final Set<String> changed = new HashSet<>();
        private final ClusterHead before = head;
        private final Deque<Runnable> undo = new ArrayDeque<>(2);
        private Instant next = Instant.MAX;

        private Turn(HealthPolicy policy, Moment moment) {
            this.policy = policy;
            this.moment = moment;
        }

        private void take(HealthInput input) {
            switch (input) {
                case HealthInput.Probed(var result) -> heard(result);
                case HealthInput.ClusterExpected(_, var vantages) -> expected(vantages);
                case HealthInput.NodeExpected(var target) -> expected(target);
                case HealthInput.NodeForgotten(var node) -> forgotten(node.name());
                case HealthInput.Ticked() -> ticked();
            }
        }

        /** Half of a step would be a node that moved and a transition that nobody was told. */
        private void undo() {
            head = before;
            undo.forEach(Runnable::run);
        }

        private void put(@Nullable NodeHealth known, NodeHealth node, Instant checkAt) {
            undo.push(known == null
                    ? () -> nodes.remove(node.target().node().name())
                    : () -> nodes.put(known, Instant.EPOCH));
            nodes.put(node, checkAt);
        }

        private void heard(ProbeResult result) {
            if (result.timing().ageAtSend().compareTo(MAX_AGE) > 0) {
                return;
            }
            vantageHeard(result);
            switch (result) {
                case NodeProbed probed -> heard(probed);
                case NodeReported report -> reported(report);
                case ClusterProbed probed -> {
                    head = ClusterRules.counted(head, shared(probed), policy, moment);
                    if (probed.view().members() instanceof ClusterView.Members.Listed(var members)
                            && head.expects(probed.source().vantage())) {
                        membersSeen(members, moment.now().minus(probed.timing().ageAtSend()));
                    }
                    judgeHead();
                }
            }
        }

        private void vantageHeard(ProbeResult result) {
            var known = head.watch().get(result.source().vantage());
            if (known != null && !(result instanceof NodeReported)) {
                head = head.with(result.source().vantage(),
                        known.heard(moment.now(), Doubts.of(result.source(), result.timing(), policy)));
                head.vantages().stream().filter(v -> v.name().equals(result.source().vantage())).findFirst()
                        .ifPresent(this::judge);
            }
        }

        private void heard(NodeProbed result) {
            var node = nodes.get(result.node().name());
            if (node == null) {
                return;
            }
            var counted = NodeRules.counted(node, result, shared.same(Observer.of(result.source())), policy, moment);
            var due = nodes.checkAt(result.node().name());
            if (due.isAfter(moment.now()) && steady(node, counted)) {
                put(node, counted, due);
            } else {
                judge(node, counted);
            }
        }

        /** A healthy result of a node that is UP: before time could have changed anything there is nothing to judge. */
        private boolean steady(NodeHealth node, NodeHealth counted) {
            return node.state() == NodeState.UP && !node.inTrouble() && !counted.inTrouble()
                    && node.survivesAs(counted, policy.of(node.role()));
        }

        private void reported(NodeReported report) {
            boolean alive = report.outcome() instanceof ProbeResult.Outcome.Success;
            lived(report.node().name(), report.incarnation(), new Life(Life.Kind.OWN_REPORT, alive,
                    moment.now().minus(report.timing().ageAtSend())));
        }

        private void membersSeen(Set<String> members, Instant observed) {
            for (var node : nodes.inTrouble()) {
                String name = node.target().node().name();
                lived(name, "", new Life(Life.Kind.MEMBERSHIP, members.contains(name), observed));
            }
        }

        /** @param incarnation empty for evidence that knows only the name */
        private void lived(String name, String incarnation, Life life) {
            var node = nodes.get(name);
            if (node == null) {
                return;
            }
            boolean matters = node.inTrouble()
                    && (incarnation.isEmpty() || incarnation.equals(node.target().incarnation()))
                    && node.lives().stream().noneMatch(known -> known.kind() == life.kind()
                            && known.observedAt().isAfter(life.observedAt()));
            if (matters) {
                judge(node, node.with(life));
            }
        }

        /** What is kept as evidence names its sender as all others of this sender do. */
        private ClusterProbed shared(ClusterProbed probed) {
            var source = probed.source();
            return source.doubt().isEmpty()
                    ? new ClusterProbed(probed.cluster(), shared.same(Observer.of(source)).source(source.counter()),
                            probed.view(), probed.timing())
                    : probed;
        }

        private void expected(List<Vantage> vantages) {
            head = head.expecting(vantages.stream().map(shared::same).toList(), moment.now());
            head.vantages().forEach(this::judge);
            judgeHead();
        }

        private void expected(NodeTarget told) {
            var target = told.sharing(shared);
            var known = nodes.get(target.node().name());
            if (known == null) {
                judge(null, NodeHealth.joining(target, 0, moment.now()));
            } else {
                boolean same = known.target().incarnation().equals(target.incarnation());
                judge(known, same
                        ? known.with(target)
                        : NodeHealth.joining(target, known.version(), moment.now()));
            }
        }

        private void forgotten(String name) {
            var known = nodes.get(name);
            if (known != null) {
                undo.push(() -> nodes.put(known, Instant.EPOCH));
            }
            forget(name);
            changed.add(name);
        }

        private void ticked() {
            nodes.due(policy, moment, this::nextCheckBy).forEach(node -> judge(node, node));
            head.vantages().forEach(this::judge);
            judgeHead();
        }

        private void nextCheckBy(Instant due) {
            next = due.isBefore(next) ? due : next;
        }

        private void judge(@Nullable NodeHealth known, NodeHealth node) {
            var judged = NodeRules.judge(node, policy, moment);
            String name = node.target().node().name();
            // Whoever moved is judged again soon: in its new state the same votes may say more.
            var due = judged.transition().isPresent()
                    ? moment.now()
                    : NodeRules.nextCheck(judged.node(), policy, moment);
            put(known, judged.node(), due);
            nextCheckBy(due);
            if (known == null || !known.survivesAs(judged.node(), policy.of(node.role()))) {
                changed.add(name);
            }
            judged.transition().ifPresent(transition -> outputs.add(new HealthOutput.NodeChanged(transition)));
        }

        private void judge(Vantage vantage) {
            VantageRules.judge(head, vantage, policy, moment).ifPresent(transition -> {
                var known = head.watch().get(vantage.name());
                if (known != null) {
                    head = head.with(vantage.name(), known.moved(transition));
                    outputs.add(new HealthOutput.VantageChanged(transition));
                }
            });
        }

        private void judgeHead() {
            ClusterRules.judge(head, nodes::voters, policy, moment).ifPresent(transition -> {
                head = head.moved(transition);
                outputs.add(new HealthOutput.ClusterChanged(transition));
            });
        }

        private Step step() {
            boolean headChanged = !head.survivesAs(before, policy.cluster());
            nextCheckBy(ClusterRules.nextCheck(head, policy, moment));
            head.watch().values().forEach(watched -> nextCheckBy(VantageRules.nextCheck(watched, policy, moment)));
            pulses = new Pulses(head, policy.staleAfter(), moment);
            return new Step(outputs, headChanged, changed, next);
        }
    }
}
