package io.evenkeel.lab.aws;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The calls of one action about one thing, which wait at the endpoint until they are let go or dropped. Whoever made them may
 * have given up, or died, meanwhile. Safe for any thread.
 */
public final class HeldCalls {
    private final String action;
    private final String value;
    private final Moment moment;
    private final CountDownLatch decided = new CountDownLatch(1);
    private final AtomicInteger arrived = new AtomicInteger();
    private volatile boolean taking = true;
    private volatile boolean dropped;

    /** Where a call waits. */
    public enum Moment {
        /** It has arrived, and nothing has come of it. */
        BEFORE_EFFECT,
        /** It was carried out, and has no answer yet. */
        AFTER_EFFECT
    }

    HeldCalls(String action, String value, Moment moment) {
        this.action = action;
        this.value = value;
        this.moment = moment;
    }

    /** How many calls have come to the moment so far. */
    public int arrived() {
        return arrived.get();
    }

    /** Further calls pass; those that wait go on waiting. */
    public void takeNoMore() {
        taking = false;
    }

    /** The calls go on, with their effect if they had none yet; further ones pass. */
    public void letGo() {
        taking = false;
        decided.countDown();
    }

    /** The calls are answered 500; those before their effect have none. Further ones pass. */
    public void drop() {
        dropped = true;
        letGo();
    }

    boolean covers(String called, Map<String, String> parameters) {
        return taking && called.equals(action) && parameters.values().stream().anyMatch(found -> found.contains(value));
    }

    Moment moment() {
        return moment;
    }

    /** Whether the call may go on, once that is decided; no when the endpoint closes. */
    boolean isLetGo() {
        arrived.incrementAndGet();
        try {
            decided.await();
            return !dropped;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
