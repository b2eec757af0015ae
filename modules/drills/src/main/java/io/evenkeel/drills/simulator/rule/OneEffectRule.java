package io.evenkeel.drills.simulator.rule;

import io.evenkeel.core.action.ActionOutcome;
import io.evenkeel.core.action.ActionRequest;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Rule 2: exactly one effect for each request, or a recorded reason why not. A call needs the newest claim, within its
 * lease; a request changes AWS once at most; each has an end within half an hour.
 */
final class OneEffectRule extends Rule {

    private static final long END_WITHIN = 30 * 60_000;

    private final Map<String, Book> books = new HashMap<>();
    private final Map<String, Long> open = new LinkedHashMap<>();

    private static final class Book {
        private int effects;
        private int newestAttempt;
        private String owner = "";
        private boolean done;
    }

    OneEffectRule() {
        super(2, "exactly one effect, or a recorded reason");
    }

    @Override
    void on(Happening happening, long now) {
        switch (happening) {
            case Happening.Requested(var request) -> {
                require(books.put(request.id(), new Book()) == null, request.id() + " was asked for twice");
                open.put(request.id(), now);
            }
            case Happening.OutcomeWritten(var outcome) -> written(outcome);
            case Happening.Called(var claim) -> called(claim, now);
            case Happening.TookEffect(var request) -> require(++book(request).effects == 1,
                    request.id() + " took effect " + book(request).effects + " times");
            default -> {
                // Says nothing of effects.
            }
        }
    }

    private Book book(ActionRequest request) {
        return books.computeIfAbsent(request.id(), id -> {
            breached(id + " was never asked for");
            return new Book();
        });
    }

    private void written(ActionOutcome outcome) {
        var book = book(outcome.request());
        if (outcome.status().isEnd()) {
            book.done |= outcome.attempt() == book.newestAttempt;
            open.remove(outcome.request().id());
            require(!outcome.status().equals(ActionOutcome.Status.SUCCEEDED) || book.effects == 1,
                    outcome.request().id() + " is said to have SUCCEEDED after " + book.effects + " effects");
        } else {
            require(outcome.attempt() == book.newestAttempt + 1, outcome.request().id() + " was claimed as attempt "
                    + outcome.attempt() + " after attempt " + book.newestAttempt);
            require(!book.done, outcome.request().id() + " was claimed after its end");
            book.newestAttempt = outcome.attempt();
            book.owner = outcome.owner();
        }
    }

    private void called(ActionOutcome claim, long now) {
        var book = book(claim.request());
        require(book.newestAttempt == claim.attempt() && book.owner.equals(claim.owner()),
                claim.owner() + " called AWS for attempt " + claim.attempt() + " of " + claim.request().id()
                        + ", but attempt " + book.newestAttempt + " is " + book.owner + "'s");
        require(!book.done, "AWS was called for " + claim.request().id() + " after its end");
        require(now <= claim.leaseUntil().toEpochMilli(), "AWS was called for " + claim.request().id()
                + " after the lease");
    }

    @Override
    void goOn(long now) {
        if (open.isEmpty()) {
            return;
        }
        var oldest = open.entrySet().iterator().next();
        require(now - oldest.getValue() < END_WITHIN, oldest.getKey() + " has no end after half an hour");
    }
}
