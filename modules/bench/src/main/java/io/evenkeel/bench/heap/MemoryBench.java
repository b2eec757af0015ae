package io.evenkeel.bench.heap;

import io.evenkeel.bench.Bench;
import io.evenkeel.bench.BenchOptions;
import io.evenkeel.bench.Figure;
import java.util.List;

/** What is kept for each target. */
public final class MemoryBench implements Bench {

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public List<Figure> measure(BenchOptions options) throws Exception {
        return StateMemory.measure(options);
    }
}
