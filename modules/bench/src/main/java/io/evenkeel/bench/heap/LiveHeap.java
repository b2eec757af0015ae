package io.evenkeel.bench.heap;

import java.lang.management.ManagementFactory;

/** What of this process's heap is in use by something. */
final class LiveHeap {

    private static final int COLLECTIONS = 3;

    private LiveHeap() {}

    /** Bytes that are still there after a full collection. */
    static long bytes() {
        var memory = ManagementFactory.getMemoryMXBean();
        for (int i = 0; i < COLLECTIONS; i++) {
            memory.gc();
        }
        return memory.getHeapMemoryUsage().getUsed();
    }
}
