package io.evenkeel.events;

/**
 * Time went on: written to every partition of {@code probe-results} and {@code decision-inputs} once a second. Its
 * append time is what counts; several writers are harmless.
 *
 * @param writer the process that wrote it; for people
 * @param sequence counts up from 1 within a writer
 */
public record Tick(String writer, long sequence) {}
