package io.evenkeel.probe.http;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * How many files this process has open, connections among them, beside how many it may ({@code ulimit -n}). Counting them
 * takes milliseconds when there are many, so they are counted once a second at most. For many threads.
 */
public final class OpenFiles {

    /** Of this process. */
    public static final OpenFiles OWN = ManagementFactory
            .getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                    ? new OpenFiles(unix.getMaxFileDescriptorCount(), unix::getOpenFileDescriptorCount,
                            System::nanoTime)
                    : new OpenFiles(Long.MAX_VALUE, () -> 0, System::nanoTime);

    /**
     * Connections are kept while fewer than nine tenths are open. What is left is for those that are opened, asked once
     * and closed: 2,000 of 20,000, as many as an agent of 20,000 targets at 10 s asks in a second.
     */
    private static final double KEPT_UP_TO = 0.9;
    private static final long COUNT_EVERY = Duration.ofSeconds(1).toNanos();

    private final long most;
    private final LongSupplier open;
    private final LongSupplier nanoTime;
    private final AtomicLong countAt;
    private volatile boolean roomy = true;

    OpenFiles(long most, LongSupplier open, LongSupplier nanoTime) {
        this.most = most;
        this.open = open;
        this.nanoTime = nanoTime;
        countAt = new AtomicLong(nanoTime.getAsLong());
    }

    /** How many there may be. */
    public long most() {
        return most;
    }

    /** Whether a connection that was used may be kept for its next use. */
    boolean isRoomy() {
        long due = countAt.get();
        long now = nanoTime.getAsLong();
        if (now - due >= 0 && countAt.compareAndSet(due, now + COUNT_EVERY)) {
            roomy = open.getAsLong() < most * KEPT_UP_TO;
        }
        return roomy;
    }
}
