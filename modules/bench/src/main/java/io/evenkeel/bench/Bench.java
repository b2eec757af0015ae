package io.evenkeel.bench;

import java.util.List;

/** One thing that can be measured, beside its reference and in the same call. */
public interface Bench {

    /** As the command line calls it. */
    String name();

    /**
     * Measures.
     *
     * @throws Exception when it could not run; a missed goal is no failure
     */
    List<Figure> measure(BenchOptions options) throws Exception;
}
