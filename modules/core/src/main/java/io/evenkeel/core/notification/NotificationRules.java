package io.evenkeel.core.notification;

import io.evenkeel.core.alert.Alert;
import io.evenkeel.core.alert.Alert.Severity;
import io.evenkeel.core.alert.AlertName;
import io.evenkeel.core.alert.Labels;
import io.evenkeel.core.decision.DecisionInput;
import io.evenkeel.core.decision.Intent;
import io.evenkeel.core.decision.Order;
import io.evenkeel.core.notification.Notification.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The rules of whom to tell: (state, input, policy, now) to (state, notifications). Alerts that a route groups are one
 * incident with one id, from the first of them until all that was told is over. What a silence or a greater trouble keeps
 * back takes no part; when that ends while it still fires it is told then. What was told is resolved where it was told,
 * also in a silence.
 *
 * <pre>
 * not told   a page: at once.   Else after groupWait from its first alert                                FIRING
 * told       gets louder, or a page joins what was acknowledged: at once, and not acknowledged any more  UPDATED
 *            says more: groupInterval after the last notification                                        UPDATED
 *            nobody acknowledges it: after each step's delay, the step's channels too                    ESCALATED
 *            a page that nobody acknowledges: remind after the last one; all else: repeat after it       REMINDER
 *            a person acknowledges it: at once; no step and no reminder any more                         ACKNOWLEDGED
 *            all that was told is over: with the next tick                                               RESOLVED
 * </pre>
 *
 * Only a tick and a page that comes first are judged at once, so that a storm costs one look a second at each group.
 */
public final class NotificationRules {

    private final NotificationPolicy policy;
    private final Instant now;
    private final List<Notification> notifications = new ArrayList<>();
    private NotificationState state;

    private NotificationRules(NotificationState state, NotificationPolicy policy, Instant now) {
        this.state = state;
        this.policy = policy;
        this.now = now;
    }

    /** The next state and whom to tell. */
    public record Step(NotificationState state, List<Notification> notifications) {
        public Step {
            notifications = List.copyOf(notifications);
        }
    }

    public static Step apply(NotificationState state, NotificationInput input, NotificationPolicy policy, Instant now) {
        var rules = new NotificationRules(state, policy, now);
        switch (input) {
            case NotificationInput.Alerted(var alert) -> rules.onAlert(alert);
            case NotificationInput.Told(DecisionInput.Ticked _) -> rules.onTick();
            case NotificationInput.Told(DecisionInput.OrderGiven(var order)) -> rules.onOrder(order);
            case NotificationInput.Told(DecisionInput.IntentSet(var intent)) -> rules.onIntent(intent);
            case NotificationInput.Told(DecisionInput.IntentReleased(var key)) ->
                rules.state = state.withoutSilence(key);
            case NotificationInput.Told _ -> {
                // Comes as alerts where people have to know.
            }
        }
        return new Step(rules.state, rules.notifications);
    }

    private void onIntent(Intent intent) {
        if (intent.kind() == Intent.Kind.SILENCE) {
            state = state.with(intent);
        }
    }

    private void onAlert(Alert raw) {
        var alert = withService(raw);
        if (alert.status() == Alert.Status.RESOLVED) {
            over(alert);
            return;
        }
        state = state.with(alert);
        var routes = policy.route().of(alert, now);
        leaveOthers(alert.key(), routes);
        for (var route : routes) {
            var group = joined(route, alert);
            boolean unheard = !group.wasTold() || group.told().severity() != Severity.PAGE || group.isAcknowledged();
            if (alert.severity() == Severity.PAGE && unheard) {
                judge(group, mutes());
            }
        }
    }

    /** One that gets louder may go another way; where it was told it stays until it is over. */
    private void leaveOthers(String alert, List<Route> routes) {
        for (var group : holding(alert)) {
            if (!group.wasTold(alert) && routes.stream().noneMatch(route -> route.path().equals(group.route()))) {
                state = state.with(group.left(alert));
            }
        }
    }

    private Alert withService(Alert alert) {
        String services = policy.services().entrySet().stream()
                .filter(entry -> entry.getKey().value().equals(alert.label(Labels.CLUSTER)))
                .map(Map.Entry::getValue).findFirst().orElse("");
        return services.isEmpty() ? alert : alert.with(Labels.SERVICE, services);
    }

    private void over(Alert alert) {
        boolean told = false;
        for (var group : holding(alert.key())) {
            if (group.wasTold(alert.key())) {
                told = true;
            } else {
                state = state.with(group.left(alert.key()));
            }
        }
        state = told ? state.with(alert) : state.withoutAlert(alert.key());
    }

    private List<Group> holding(String alert) {
        return state.groups().values().stream().filter(group -> group.has(alert)).toList();
    }

    private Group joined(Route route, Alert alert) {
        var labels = new TreeMap<>(route.group(alert));
        // One that has nothing in common with others is alone.
        String key = route.path() + (labels.isEmpty() ? "/" + alert.subject() : labels.toString());
        var group = state.groups().get(key);
        if (group == null) {
            group = Group.opened(key, route, labels, now);
        }
        group = group.joined(alert.key());
        state = state.with(group);
        return group;
    }

    private String unused(String incident) {
        String name = incident;
        for (int i = 2; isUsed(name); i++) {
            name = incident + "+" + i;
        }
        return name;
    }

    private boolean isUsed(String incident) {
        return state.groups().values().stream().anyMatch(group -> group.incident().equals(incident));
    }

    private Mutes mutes() {
        return new Mutes(policy, state.alerts().values(), state.silences().values(), now);
    }

    private void onOrder(Order order) {
        if (order.kind() != Order.Kind.ACKNOWLEDGE || !order.activeAt(now)) {
            return;
        }
        var mutes = mutes();
        for (var group : List.copyOf(state.groups().values())) {
            if ((group.incident().equals(order.incident()) || group.has(order.incident())) && !group.isAcknowledged()) {
                var acknowledged = group.acknowledged(order.by());
                state = state.with(acknowledged);
                if (group.wasTold()) {
                    tell(Kind.ACKNOWLEDGED, acknowledged, Members.of(acknowledged, state, mutes));
                }
            }
        }
    }

    private void onTick() {
        state.silences().entrySet().stream().filter(silence -> !silence.getValue().activeAt(now))
                .map(Map.Entry::getKey).toList().forEach(key -> state = state.withoutSilence(key));
        var mutes = mutes();
        List.copyOf(state.groups().values()).forEach(group -> judge(group, mutes));
        policy.heartbeat().ifPresent(this::beat);
        policy.testPage().ifPresent(this::test);
    }

    private void test(TestPage page) {
        page.dueAt(now).filter(day -> !state.isTestedSince(day)).ifPresent(day -> {
            state = state.withTestPage(day);
            notifications.add(page.notification(day, now));
        });
    }

    private void beat(NotificationPolicy.Heartbeat heartbeat) {
        var last = state.lastBeat();
        boolean stands = state.alerts().values().stream().anyMatch(alert -> Mutes.isFiring(alert)
                && alert.label(Labels.NAME).equals(AlertName.HEALTH_STALLED.label()));
        if (!stands && !now.isBefore(last.at().plus(heartbeat.every()))) {
            var next = new NotificationState.Beat(last.sequence() + 1, now);
            state = state.with(next);
            notifications.add(new Notification(Notification.HEARTBEATS, next.sequence(), Kind.HEARTBEAT, Severity.INFO,
                    heartbeat.channels(), new TreeMap<>(), "The pipeline lives", List.of(), 0, 0, "", List.of(), now,
                    now));
        }
    }

    private void judge(Group group, Mutes mutes) {
        var members = Members.of(group, state, mutes);
        if (group.wasTold()) {
            judgeTold(group, members);
        } else if (group.members().isEmpty()) {
            state = state.without(group);
        } else if (!members.active().isEmpty() && !now.isBefore(firstDue(group, members))) {
            tell(Kind.FIRING, group.named(unused(members.active().getFirst().key())), members);
        }
    }

    private Instant firstDue(Group group, Members members) {
        return members.loudest() == Severity.PAGE
                ? group.openedAt()
                : group.openedAt().plus(route(group).pace().groupWait());
    }

    private void judgeTold(Group group, Members members) {
        var told = group.told();
        var pace = route(group).pace();
        if (members.toldFiring() == 0 && members.active().isEmpty()) {
            end(group, members);
        } else if (members.active().isEmpty()) {
            // All that fires is kept back.
        } else if (members.loudest().compareTo(told.severity()) < 0 || (group.isAcknowledged() && members.newPage())) {
            tell(Kind.UPDATED, group.reopened(now), members);
        } else if (members.hasNews() && !now.isBefore(told.lastAt().plus(pace.groupInterval()))) {
            tell(Kind.UPDATED, group, members);
        } else if (!group.isAcknowledged() && stepDue(group)) {
            tell(Kind.ESCALATED, group, members);
        } else if (!now.isBefore(told.lastAt().plus(!group.isAcknowledged() && members.loudest() == Severity.PAGE
                ? pace.remind()
                : pace.repeat()))) {
            tell(Kind.REMINDER, group, members);
        }
    }

    private boolean stepDue(Group group) {
        return stepsDue(group) > group.told().steps();
    }

    private int stepsDue(Group group) {
        return (int) route(group).escalation().stream()
                .filter(step -> !now.isBefore(group.told().firstAt().plus(step.after()))).count();
    }

    /** What is kept back still and was never told becomes an incident of its own when it is told. */
    private void end(Group group, Members members) {
        tell(Kind.RESOLVED, group, members);
        state = state.without(group);
        for (var alert : members.untold()) {
            policy.route().of(alert, now).stream().filter(route -> route.path().equals(group.route()))
                    .forEach(route -> joined(route, alert));
        }
    }

    /** A route that configuration has no more: its groups end where all others go. */
    private Route route(Group group) {
        return policy.route().at(group.route()).orElse(policy.route());
    }

    private void tell(Kind kind, Group group, Members members) {
        int steps = kind == Kind.ESCALATED ? stepsDue(group) : group.told().steps();
        var severity = members.active().isEmpty() ? group.told().severity() : members.loudest();
        var next = group.told(severity, steps, now).with(members.toldNow());
        var notification = new Notification(next.incident(), next.told().sequence(), kind, severity,
                channels(route(group), steps), next.labels(), members.title(next.labels()), members.shown(),
                members.active().size(), members.over().size(), next.acknowledgedBy(),
                links(next, members.shown()), members.since(now), now);
        if (!notification.channels().isEmpty()) {
            notifications.add(notification);
        }
        state = state.with(next);
        members.over().stream().map(Alert::key).filter(key -> holding(key).isEmpty())
                .forEach(key -> state = state.withoutAlert(key));
    }

    /** Of the loudest alert, where labels of all of the group do not say it. */
    private List<Link> links(Group group, List<Alert> shown) {
        var values = new TreeMap<String, String>();
        shown.stream().findFirst().ifPresent(
                alert -> Labels.ALL.forEach(label -> values.put(label, alert.label(label))));
        values.putAll(group.labels());
        values.put(LinkTemplate.INCIDENT, group.incident());
        return policy.links().stream().map(template -> template.of(values)).flatMap(Optional::stream).toList();
    }

    private static List<String> channels(Route route, int steps) {
        var channels = new ArrayList<>(route.channels());
        route.escalation().stream().limit(steps).forEach(step -> channels.addAll(step.channels()));
        return channels.stream().distinct().toList();
    }
}
