package io.evenkeel.core.action;

import io.evenkeel.core.action.Command.FailOver;
import io.evenkeel.core.cluster.ServiceId;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * What is known of requests from their outcomes, and what to do with a request therefore:
 *
 * <pre>
 * nothing known                    -> Claim attempt 1
 * ended                            -> Skip
 * STARTED, lease runs              -> WaitUntil the lease ends
 * STARTED, lease ended, no end     -> Recover: claim the next attempt; its handler re-reads AWS first
 * </pre>
 *
 * The highest attempt counts, and of one attempt its end: a slow former owner's late end of attempt 1 does not end
 * attempt 2. All times are append times of the broker. One thread only, but for {@link #newestEpoch}.
 */
public final class ClaimLedger {

    private final Map<String, ActionOutcome> newest = new HashMap<>();
    private final Map<ServiceId, Long> epochs = new ConcurrentHashMap<>();
    private final Set<String> unreadable = new HashSet<>();

    /** What to do with a request. */
    public sealed interface Verdict {

        /** Never seen: claim it as attempt 1. */
        record Claim() implements Verdict {}

        /** Begun by an owner whose lease is over and who wrote no end. */
        record Recover(int attempt) implements Verdict {}

        record WaitUntil(Instant leaseEnd) implements Verdict {}

        record Skip(String reason) implements Verdict {}
    }

    /** Takes note of an outcome; order and repeats do not matter. */
    public void observe(ActionOutcome outcome) {
        var request = outcome.request();
        newest.merge(request.id(), outcome, ClaimLedger::newer);
        if (request.command() instanceof FailOver over) {
            epochs.merge(over.service(), over.epoch(), Math::max);
        }
    }

    /** An outcome that does not decode may have been a claim or an end: its request is left alone. */
    public void observeUnreadable(String requestId) {
        unreadable.add(requestId);
    }

    /** What to do with a request now. */
    public Verdict decide(ActionRequest request, Instant now) {
        if (unreadable.contains(request.id())) {
            return new Verdict.Skip("an outcome of it cannot be read");
        }
        var known = newest.get(request.id());
        if (known == null) {
            return new Verdict.Claim();
        }
        if (known.status().isEnd()) {
            return new Verdict.Skip("ended as " + known.status() + " in attempt " + known.attempt());
        }
        return now.isBefore(known.leaseUntil())
                ? new Verdict.WaitUntil(known.leaseUntil())
                : new Verdict.Recover(known.attempt() + 1);
    }

    /** The outcome of the request that counts; empty when there is none. */
    public Optional<ActionOutcome> newest(String requestId) {
        return Optional.ofNullable(newest.get(requestId));
    }

    /** Claims without an end among the requests that {@code mine} says are this owner's to finish. */
    public List<ActionRequest> unfinished(Predicate<ActionRequest> mine) {
        return newest.values()
                .stream()
                .filter(outcome -> !outcome.status().isEnd() && !unreadable.contains(outcome.request().id()))
                .sorted(Comparator.comparing(ActionOutcome::at))
                .map(ActionOutcome::request)
                .filter(mine)
                .toList();
    }

    /** The newest epoch that any outcome of the service named; 0 when none did. */
    public long newestEpoch(ServiceId service) {
        return epochs.getOrDefault(service, 0L);
    }

    private static ActionOutcome newer(ActionOutcome known, ActionOutcome next) {
        if (next.attempt() != known.attempt()) {
            return next.attempt() > known.attempt() ? next : known;
        }
        return known.status().isEnd() ? known : next;
    }
}
