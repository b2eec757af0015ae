package io.evenkeel.core.health;

/** The most that may follow from a class of failures, in growing order. */
public enum Consequence {
    /** Shown, no more. */
    NOTHING,
    /** People are told; no action. */
    ALERT,
    /** The node may be replaced, once every gate agrees. */
    REPLACE
}
