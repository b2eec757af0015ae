package io.evenkeel.cli.pipeline;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;

/** Open files of this process and their limit; the JVM raises the soft limit to the hard one by itself. */
final class OpenFiles {

    /** Beside one for each target: jars, logs, Kafka, cluster probes. About 150 were seen; twice that is room enough. */
    static final int OTHERS = 300;

    private final OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();

    /** Zero where the system does not tell. */
    long open() {
        return system instanceof UnixOperatingSystemMXBean unix ? unix.getOpenFileDescriptorCount() : 0;
    }

    /** {@link Long#MAX_VALUE} where the system does not tell. */
    long limit() {
        return system instanceof UnixOperatingSystemMXBean unix ? unix.getMaxFileDescriptorCount() : Long.MAX_VALUE;
    }
}
