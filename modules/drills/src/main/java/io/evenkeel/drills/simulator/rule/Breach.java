package io.evenkeel.drills.simulator.rule;

/**
 * A rule that was broken.
 *
 * @param rule its number in the design, 1 to 10
 * @param name the rule in a few words
 * @param what how it was broken
 */
public record Breach(int rule, String name, String what) {

    @Override
    public String toString() {
        return "rule " + rule + " (" + name + "): " + what;
    }
}
