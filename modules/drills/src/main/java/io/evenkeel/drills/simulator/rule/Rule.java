package io.evenkeel.drills.simulator.rule;

import org.jspecify.annotations.Nullable;

/**
 * One of the ten rules of the design, as an invariant: it hears of all that happens, keeps books of its own, and never
 * asks the code under test whether all is well.
 */
abstract class Rule {

    private final int number;
    private final String name;
    private @Nullable Breach breach;

    Rule(int number, String name) {
        this.number = number;
        this.name = name;
    }

    /** Something happened; {@code now} is virtual time in milliseconds. */
    abstract void on(Happening happening, long now);

    /** An event is over; what is overdue is a breach. */
    void goOn(long now) {}

    final void breached(String what) {
        if (breach == null) {
            breach = new Breach(number, name, what);
        }
    }

    final void require(boolean held, String what) {
        if (!held) {
            breached(what);
        }
    }

    final @Nullable Breach breach() {
        return breach;
    }
}
