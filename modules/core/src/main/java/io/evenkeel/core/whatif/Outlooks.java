package io.evenkeel.core.whatif;

import io.evenkeel.core.decision.Decision;
import io.evenkeel.core.decision.Decision.Verdict;
import io.evenkeel.core.decision.DecisionPolicy;
import io.evenkeel.core.decision.DecisionState;
import io.evenkeel.core.decision.Fault;
import io.evenkeel.core.whatif.Timeline.Decided;
import io.evenkeel.core.whatif.Timeline.Event;
import io.evenkeel.core.whatif.Timeline.Moved;
import io.evenkeel.core.whatif.Timeline.Outlook;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a timeline comes to, subject by subject: services first, then what is decided, then what nothing follows from. */
final class Outlooks {

    private final Loss loss;
    private final DecisionPolicy policy;
    private final Instant from;
    private final DecisionState end;
    /** The newest of each incident and subject. */
    private final Map<String, Decided> decided = new LinkedHashMap<>();
    private final Map<String, Moved> moved = new LinkedHashMap<>();
    private final Map<String, Outlook> lines = new LinkedHashMap<>();

    /** @param end the state at the horizon */
    Outlooks(Loss loss, DecisionPolicy policy, Instant from, List<Event> events, DecisionState end) {
        this.loss = loss;
        this.policy = policy;
        this.from = from;
        this.end = end;
        for (var event : events) {
            switch (event) {
                case Moved move -> moved.put(move.subject(), move);
                case Decided next -> decided.put(next.decision().incident() + " " + next.decision().subject(), next);
            }
        }
        decided.values().removeIf(last -> last.decision().verdict() == Verdict.CLOSED);
    }

    /** @param touched ids of clusters */
    List<Outlook> of(Set<String> touched) {
        services(touched);
        touched.forEach(cluster -> lines.put(cluster, cluster(cluster)));
        decided.values().forEach(last -> lines.putIfAbsent(last.decision().subject(), outlook(last)));
        end.faults().values().stream().filter(fault -> touched.contains(fault.cluster().value()))
                .forEach(fault -> lines.putIfAbsent(subject(fault), asBefore(fault)));
        loss.nodes().forEach(node -> lines.putIfAbsent(node.toString(), nothing(node.toString())));
        return new ArrayList<>(lines.values());
    }

    private void services(Set<String> touched) {
        for (var service : policy.services()) {
            var status = end.services().get(service.id().value());
            if (status == null || !(touched.contains(service.primary().value())
                    || touched.contains(service.standby().value()))) {
                continue;
            }
            lines.put(service.id().value(), service(service, status.status().active().value()));
        }
    }

    private Outlook service(DecisionPolicy.Service service, String active) {
        String id = service.id().value();
        // Both of its sides may have failed, and each is an incident of its own: what comes to most counts.
        var most = decided.values().stream().filter(last -> last.decision().subject().equals(id))
                .min(Comparator.comparing(last -> last.decision().verdict()));
        if (most.isEmpty()) {
            return new Outlook(id, "nothing", "", null, active + ", which is active, is " + stateOf(active));
        }
        var outlook = outlook(most.get());
        String standby = service.standby().value();
        return acts(most.get().decision()) && moved.containsKey(standby) && !stateOf(standby).equals("HEALTHY")
                ? outlook.but("beware: " + standby + " would be " + stateOf(standby)
                        + " as well, which is seen too late to stop it")
                : outlook;
    }

    private static boolean acts(Decision decision) {
        return decision.verdict() == Verdict.ACT || decision.verdict() == Verdict.DRY_RUN;
    }

    private String stateOf(String cluster) {
        var known = end.clusters().get(cluster);
        return known == null ? "not known" : known.state().name();
    }

    private Outlook cluster(String id) {
        var move = moved.get(id);
        return move == null
                ? new Outlook(id, "stay " + stateOf(id), "", null, "")
                : new Outlook(id, "be " + stateOf(id), "", move.after(), move.reason());
    }

    private Outlook outlook(Decided last) {
        var decision = last.decision();
        return new Outlook(decision.subject(), decision.action().label(), decision.verdict().name(),
                acts(decision) ? last.after() : nextCheck(decision),
                decision.verdict() == Verdict.ACT && !decision.gates().isEmpty() ? "" : decision.reason());
    }

    private @Nullable Duration nextCheck(Decision decision) {
        return decision.nextCheckAt().isAfter(decision.at()) ? Duration.between(from, decision.nextCheckAt()) : null;
    }

    /** Decided before the loss, and nothing new about it since. */
    private static Outlook asBefore(Fault fault) {
        return new Outlook(subject(fault), fault.action().label(), fault.verdict().name(), null,
                fault.gate().isEmpty() ? "" : fault.gate() + ": as before");
    }

    private static String subject(Fault fault) {
        return fault.action() == Decision.Action.FAIL_OVER ? fault.name() : fault.cluster() + "/" + fault.name();
    }

    private Outlook nothing(String node) {
        var move = moved.get(node);
        return new Outlook(node, "nothing", "", null,
                move == null ? "it stays as it is" : "it is " + move.to() + ": " + move.reason());
    }
}
