package io.evenkeel.bench.kafka;

import io.evenkeel.bench.Bench;
import io.evenkeel.bench.BenchOptions;
import io.evenkeel.bench.Figure;
import io.evenkeel.bench.heap.StateMemory;
import java.util.ArrayList;
import java.util.List;

/** What is kept for each target, and what a process needs for all of them. */
public final class MemoryBench implements Bench {

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public List<Figure> measure(BenchOptions options) throws Exception {
        var figures = new ArrayList<>(StateMemory.measure(options));
        figures.add(ProcessMemory.measure(options));
        return figures;
    }
}
