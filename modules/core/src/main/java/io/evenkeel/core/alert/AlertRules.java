package io.evenkeel.core.alert;

import io.evenkeel.core.action.ActionOutcome;
import io.evenkeel.core.alert.Alert.Severity;
import io.evenkeel.core.decision.Decision;
import io.evenkeel.core.decision.DecisionInput;
import io.evenkeel.core.decision.Incidents;
import io.evenkeel.core.health.ClusterState;
import io.evenkeel.core.health.ClusterTransition;
import io.evenkeel.core.health.Consequence;
import io.evenkeel.core.health.NodeTransition;
import io.evenkeel.core.health.VantageTransition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * The alert rules: (state, input, now) to (state, alerts). One open alert per subject; decisions and outcomes are told
 * as further sequences of the same key; RESOLVED is sent only where FIRING was. Whom to tell, and what a silence or a
 * greater trouble keeps back, is for {@link io.evenkeel.core.notification.NotificationRules}.
 *
 * <pre>
 * node     DOWN: PAGE if it is master-eligible and no further voter may fail, else WARN.   UNREACHABLE: PAGE
 *          FLAPPING, UNKNOWN: WARN
 * vantage  SILENT, DOUBTED: WARN
 * cluster  FAILED, QUORUM_LOST: PAGE.   DEGRADED, UNKNOWN: WARN
 * stopped  storm, zone impaired, brake tripped, a rule that threw: PAGE
 * health   a partition stands still for a minute: PAGE
 * channel  does not deliver: PAGE
 * resolved node UP, DRAINING or RETIRED; vantage VOTING; cluster HEALTHY or MAINTENANCE;
 *          what stopped actions no longer does
 * </pre>
 */
public final class AlertRules {

    private final Instant now;
    private final List<Alert> alerts = new ArrayList<>();
    private AlertState state;

    private AlertRules(AlertState state, Instant now) {
        this.state = state;
        this.now = now;
    }

    /** The next state and what to tell. */
    public record Step(AlertState state, List<Alert> alerts) {
        public Step {
            alerts = List.copyOf(alerts);
        }
    }

    public static Step apply(AlertState state, AlertInput input, Instant now) {
        var rules = new AlertRules(state, now);
        switch (input) {
            case AlertInput.Told(DecisionInput.NodeChanged(var transition)) -> rules.onNode(transition);
            case AlertInput.Told(DecisionInput.VantageChanged(var transition)) -> rules.onVantage(transition);
            case AlertInput.Told(DecisionInput.ClusterChanged(var transition)) -> rules.onCluster(transition);
            case AlertInput.Told(DecisionInput.OutcomeReported(var outcome)) -> rules.onOutcome(outcome);
            case AlertInput.Told(DecisionInput.IntentSet _),AlertInput.Told(DecisionInput.IntentReleased _) -> {
                // What a hold changes is told by the decisions that it leads to.
            }
            case AlertInput.Told(DecisionInput.OrderGiven _) -> {
                // What it changes is told by the decisions that it leads to.
            }
            case AlertInput.Told(DecisionInput.FactsRead _) -> {
                // Facts change decisions, which are told.
            }
            case AlertInput.Told(DecisionInput.HealthProgressed(var progress)) ->
                rules.state = state.with(state.stall().with(progress));
            case AlertInput.Told(DecisionInput.RuleFailed _) -> {
                // DECISION tells.
            }
            case AlertInput.Told(DecisionInput.Ticked _) -> rules.onTick();
            case AlertInput.Decided(var decision) -> rules.onDecision(decision);
            case AlertInput.Delivered(var delivery) -> rules.onDelivery(delivery);
        }
        return new Step(rules.state, rules.alerts);
    }

    private void onNode(NodeTransition transition) {
        state = state.with(transition);
        String subject = transition.node().toString();
        switch (transition.to()) {
            case DOWN -> {
                var voters = state.voters(transition.node());
                boolean master = transition.target().masterEligible();
                String title = subject + " is DOWN" + (master ? ": " + voters : "");
                raise(subject, Incidents.of(transition),
                        master && voters.up() <= voters.needed() ? Severity.PAGE : Severity.WARN,
                        labels(AlertName.NODE_DOWN, transition), title,
                        described(transition.reason(), next(transition), why(Incidents.of(transition))),
                        transition.firstFailureAt());
            }
            case UNREACHABLE -> raise(subject, Incidents.of(transition), Severity.PAGE,
                    labels(AlertName.NODE_UNREACHABLE, transition),
                    subject + " is UNREACHABLE, but alive",
                    described(transition.reason(), "it is not replaced: look at the network between"),
                    transition.firstFailureAt());
            case FLAPPING -> raise(subject, Incidents.of(transition), Severity.WARN,
                    labels(AlertName.NODE_FLAPPING, transition), subject + " is FLAPPING",
                    described(transition.reason(), "no action while it comes and goes: find out why"),
                    transition.firstFailureAt());
            case UNKNOWN -> raise(subject, Incidents.of(transition), Severity.WARN,
                    labels(AlertName.NODE_UNKNOWN, transition), subject + " is UNKNOWN",
                    described(transition.reason(), "no action is taken on silence: look at the agents"),
                    transition.at());
            case UP, DRAINING, RETIRED, MAINTENANCE -> resolve(subject, "the node is " + transition.to());
            case JOINING, SUSPECT, RECOVERING -> {
                // Neither firing nor resolved.
            }
        }
    }

    private static SortedMap<String, String> labels(AlertName name, NodeTransition transition) {
        return Labels.of(name, Labels.CLUSTER, transition.node().cluster().value(), Labels.NODE,
                transition.node().name(), Labels.ZONE, transition.target().zone());
    }

    private static String next(NodeTransition transition) {
        if (transition.target().masterEligible()) {
            return "a master-eligible node is never replaced automatically: bring it back by hand";
        }
        return transition.cause().mayFollow() == Consequence.REPLACE
                ? "replacement is being judged: evenkeel hold " + transition.node().cluster() + " stops it"
                : "it is not replaced for " + transition.cause().reasons() + ": look at the node";
    }

    private void onVantage(VantageTransition transition) {
        String name = transition.vantage().name();
        String subject = transition.cluster() + "/vantage/" + name;
        switch (transition.to()) {
            case SILENT -> raise(subject, Incidents.of(transition), Severity.WARN,
                    labels(AlertName.VANTAGE_SILENT, transition),
                    "vantage " + name + " is silent about " + transition.cluster(),
                    described(transition.reason(), "its vote is missing: look at its agents"), transition.at());
            case DOUBTED -> raise(subject, Incidents.of(transition), Severity.WARN,
                    labels(AlertName.VANTAGE_DOUBTED, transition),
                    "vantage " + name + " doubts itself", described(transition.reason(),
                            "its failures don't count: look at its host and network"),
                    transition.at());
            case JOINING, VOTING -> resolve(subject, "the vantage is " + transition.to());
        }
    }

    private static SortedMap<String, String> labels(AlertName name, VantageTransition transition) {
        return Labels.of(name, Labels.CLUSTER, transition.cluster().value(), Labels.VANTAGE,
                transition.vantage().name(), Labels.ZONE, transition.vantage().zone());
    }

    private void onCluster(ClusterTransition transition) {
        String subject = transition.cluster().value();
        String title = subject + " is " + transition.to();
        switch (transition.to()) {
            case FAILED -> raise(subject, Incidents.of(transition), Severity.PAGE,
                    labels(AlertName.CLUSTER_FAILED, transition), title,
                    described(transition.reason(), "failover is being judged: evenkeel hold " + subject + " stops it",
                            why(Incidents.of(transition))),
                    transition.firstFailureAt());
            case QUORUM_LOST -> raise(subject, Incidents.of(transition), Severity.PAGE,
                    labels(AlertName.CLUSTER_QUORUM_LOST, transition),
                    title + ": " + transition.voters(),
                    described(transition.reason(), "writes fail, searches may be stale: bring voters back by hand",
                            why(Incidents.of(transition))),
                    transition.firstFailureAt());
            case DEGRADED, UNKNOWN -> {
                boolean thrown = !transition.ruleError().isEmpty();
                raise(subject, Incidents.of(transition), thrown ? Severity.PAGE : Severity.WARN,
                        labels(thrown
                                ? AlertName.RULE_ERROR
                                : transition.to() == ClusterState.UNKNOWN
                                        ? AlertName.CLUSTER_UNKNOWN
                                        : AlertName.CLUSTER_DEGRADED,
                                transition),
                        thrown ? title + ": a rule threw" : title, described(transition.reason(), thrown
                                ? "the record is in dead-letters; nothing is done until evenkeel release " + subject
                                : "no action follows from this alone"),
                        transition.firstFailureAt());
            }
            case HEALTHY, MAINTENANCE -> resolve(subject, "the cluster is " + transition.to());
        }
    }

    private static SortedMap<String, String> labels(AlertName name, ClusterTransition transition) {
        return Labels.of(name, Labels.CLUSTER, transition.cluster().value());
    }

    private static List<String> described(String... lines) {
        return List.of(lines);
    }

    private static String why(String incident) {
        return "gate by gate: evenkeel why " + incident;
    }

    private void raise(String subject, String incident, Severity severity, SortedMap<String, String> labels,
            String title, List<String> lines, Instant since) {
        var open = state.open().get(subject);
        send(open == null
                ? OpenAlert.opened(incident, severity, subject, labels, title, lines, since)
                : open.changed(incident, severity, labels, title, lines));
    }

    private void send(OpenAlert alert) {
        state = state.with(alert);
        alerts.add(alert.firing(now));
    }

    private void resolve(String subject, String line) {
        var open = state.open().get(subject);
        if (open != null) {
            state = state.without(subject);
            alerts.add(open.resolved(line, now));
        }
    }

    /** HEALTH that stands still judges nobody, so nothing else would say so. */
    private void onTick() {
        var stall = state.stall().at(now);
        state = state.with(stall);
        if (stall.isLong(now)) {
            if (!state.open().containsKey(Stall.SUBJECT)) {
                raise(Stall.SUBJECT, Incidents.of("health", stall.since()), Severity.PAGE,
                        Labels.of(AlertName.HEALTH_STALLED), stall.title(),
                        described("nobody is judged there: no failure is seen, nothing is done",
                                "look at the processes of evenkeel run and at Kafka"),
                        stall.since());
            }
        } else if (!stall.isLagging()) {
            resolve(Stall.SUBJECT, "all partitions are judged again");
        }
    }

    private void onDelivery(Delivery delivery) {
        String subject = "*/channel/" + delivery.channel();
        switch (delivery.outcome()) {
            case FAILING, HANDED_OVER -> {
                if (!state.open().containsKey(subject)) {
                    raise(subject, Incidents.of("channel/" + delivery.channel(), delivery.at()), Severity.PAGE,
                            Labels.of(AlertName.CHANNEL_FAILED, Labels.CHANNEL, delivery.channel()),
                            "channel " + delivery.channel() + " does not deliver",
                            described(delivery.detail(), delivery.outcome() == Delivery.Outcome.HANDED_OVER
                                    ? delivery.via() + " is used instead"
                                    : "it has no other channel to fail over to; it is tried again",
                                    "try it: evenkeel alerts send-test " + delivery.channel()),
                            delivery.at());
                }
            }
            case DELIVERED -> resolve(subject, "the channel delivers again");
            case REJECTED, SUPERSEDED, EXPIRED -> {
                // The channel works.
            }
        }
    }

    private void onDecision(Decision decision) {
        switch (decision.action()) {
            case REPLACE_INSTANCE, FAIL_OVER -> judged(decision);
            case ZONAL_SHIFT, FREEZE -> stopped(decision);
        }
    }

    /** Something stops actions, or no longer does. */
    private void stopped(Decision decision) {
        if (decision.verdict() == Decision.Verdict.CLOSED) {
            resolve(decision.subject(), decision.reason());
        } else {
            raise(decision.subject(), decision.incident(), Severity.PAGE, Stops.labels(decision), decision.reason(),
                    List.of(decision.reason(), "look before you release it: evenkeel why " + decision.incident()),
                    decision.at());
        }
    }

    private void judged(Decision decision) {
        switch (decision.verdict()) {
            case ACT, DRY_RUN, REFUSE -> tell(decision.incident(),
                    decision.action() + " " + decision.verdict() + ": " + decision.reason());
            case WAIT -> {
                // All other waiting would repeat what the alert says already.
                if (decision.decidedBy().equals("approval")) {
                    tell(decision.incident(), decision.action() + " waits for " + decision.reason());
                }
            }
            case CLOSED -> {
                // It comes with the resolving transition.
            }
        }
    }

    private void onOutcome(ActionOutcome outcome) {
        if (outcome.status().isEnd()) {
            tell(outcome.request().incident(),
                    outcome.request().id() + " " + outcome.status() + ": " + outcome.detail());
        }
    }

    private void tell(String incident, String line) {
        state.open().values().stream().filter(alert -> alert.incident().equals(incident)).findFirst()
                .ifPresent(alert -> send(alert.with(line)));
    }
}
