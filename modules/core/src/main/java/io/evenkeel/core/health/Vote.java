package io.evenkeel.core.health;

/**
 * Where one vantage stands on one target.
 *
 * @param streak consecutive results that say the same
 */
public record Vote(String vantage, String zone, Stand stand, int streak) {

    public enum Stand {
        UP,
        /** Healthy, but not yet for as long as recovery asks. */
        RISING,
        /** Failing, but not yet as often as the threshold asks. */
        FAILING,
        /** Failing as often as the threshold of a class asks. */
        DOWN,
        /** Re-probed at once after a first failure, and refused each time. Counts as DOWN. */
        CONFIRMED_DOWN,
        /** Its failures are not counted: it doubts itself, or runs late. */
        DOUBTED, SILENT
    }

    /** It says something, whatever that is. */
    boolean isCounted() {
        return stand != Stand.SILENT && stand != Stand.DOUBTED;
    }
}
