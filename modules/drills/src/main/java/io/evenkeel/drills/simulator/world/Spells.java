package io.evenkeel.drills.simulator.world;

import java.util.ArrayDeque;
import java.util.Deque;

/** When something was so, in truth. Spells may overlap; what ended long ago is forgotten. Times are milliseconds. */
public final class Spells {

    /** Longer than any evidence that a rule may lawfully rest on. */
    private static final long KEPT = 2 * 3_600_000L;

    private record Spell(long from, long to) {}

    private final Deque<Spell> over = new ArrayDeque<>();
    private int open;
    private long openSince;

    public void begin(long now) {
        if (open++ == 0) {
            openSince = now;
        }
    }

    public void end(long now) {
        if (--open == 0) {
            over.addLast(new Spell(openSince, now));
            while (!over.isEmpty() && over.peekFirst().to() < now - KEPT) {
                over.removeFirst();
            }
        }
        if (open < 0) {
            throw new IllegalStateException("a spell ended that had not begun");
        }
    }

    public boolean isNow() {
        return open > 0;
    }

    /** Whether it was so at any moment of a span. */
    public boolean within(long from, long to) {
        if (open > 0 && openSince <= to) {
            return true;
        }
        for (var spell : over) {
            if (spell.from() <= to && spell.to() >= from) {
                return true;
            }
        }
        return false;
    }

    /** Whether it was so all through a span. */
    public boolean throughout(long from, long to) {
        if (open > 0 && openSince <= from) {
            return true;
        }
        for (var spell : over) {
            if (spell.from() <= from && spell.to() >= to) {
                return true;
            }
        }
        return false;
    }
}
