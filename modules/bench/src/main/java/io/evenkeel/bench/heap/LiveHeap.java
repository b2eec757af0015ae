package io.evenkeel.bench.heap;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * What of this process's heap is in use by something: the histogram of live objects that {@code jcmd} shows. The heap's
 * own "used" is more, by what a collector leaves lying to save itself the moving.
 */
final class LiveHeap {

    private static final String FILLER = "jdk.internal.vm.Filler";

    private LiveHeap() {}

    /** Bytes of live objects; makes a full collection. */
    static long bytes() throws JMException {
        var histogram = (String) ManagementFactory.getPlatformMBeanServer().invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"), "gcClassHistogram",
                new Object[]{new String[0]}, new String[]{String[].class.getName()});
        // A line: number, instances, bytes, class.
        return histogram.lines().map(line -> line.strip().split("\\s+"))
                .filter(words -> words.length >= 4 && words[0].endsWith(":") && !words[3].contains(FILLER))
                .mapToLong(words -> Long.parseLong(words[2])).sum();
    }
}
