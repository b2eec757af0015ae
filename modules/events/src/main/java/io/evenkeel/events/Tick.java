package io.evenkeel.events;

/**
 * Time went on: written to every partition of {@code probe-results} and {@code decision-inputs} once a second. Its
 * append time is what counts; several writers are harmless.
 *
 * @param writer the process that wrote it; for people
 * @param sequence counts up from 1 within a writer
 * @param policy the policy in force, as the writer last read it from {@code policies}
 */
public record Tick(String writer, long sequence, PolicyPointer policy) {

    /**
     * Names a policy. Ticks carry it, so that where in a partition a new policy begins is a matter of records; of two,
     * the one with the higher offset holds.
     *
     * @param revision the policy's hash; empty before any is known
     * @param offset its offset in {@code policies}; -1 before any is known
     */
    public record PolicyPointer(String revision, long offset) {
        public static final PolicyPointer NONE = new PolicyPointer("", -1);
    }

    /** Of a writer that knows of no policy. */
    public Tick(String writer, long sequence) {
        this(writer, sequence, PolicyPointer.NONE);
    }
}
