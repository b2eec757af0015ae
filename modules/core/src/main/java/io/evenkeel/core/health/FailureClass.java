package io.evenkeel.core.health;

/**
 * What a policy says of one class of failures.
 *
 * @param threshold how many of them make a vantage's vote DOWN
 * @param mayFollow the most that may follow from them
 */
public record FailureClass(Threshold threshold, Consequence mayFollow) {}
