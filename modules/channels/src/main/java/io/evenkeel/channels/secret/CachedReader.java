package io.evenkeel.channels.secret;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what a costly reader read for a while. Where it can't be read again the old text goes on being used: a page must
 * not fail because the store of secrets does. Thread-safe.
 */
public final class CachedReader implements Supplier<String> {

    private static final Logger LOG = LoggerFactory.getLogger(CachedReader.class);

    private final String source;
    private final Supplier<String> reader;
    private final Duration time;
    private final LongSupplier nanos;
    private @Nullable String kept;
    private long keptAt;

    /** @param source for the log */
    public CachedReader(String source, Supplier<String> reader, Duration time) {
        this(source, reader, time, System::nanoTime);
    }

    CachedReader(String source, Supplier<String> reader, Duration time, LongSupplier nanos) {
        this.source = source;
        this.reader = reader;
        this.time = time;
        this.nanos = nanos;
    }

    @Override
    public synchronized String get() {
        var before = kept;
        if (before != null && nanos.getAsLong() - keptAt < time.toNanos()) {
            return before;
        }
        var now = read(before);
        kept = now;
        keptAt = nanos.getAsLong();
        return now;
    }

    private String read(@Nullable String before) {
        try {
            return reader.get();
        } catch (IllegalStateException e) {
            if (before == null) {
                throw e;
            }
            LOG.atWarn().addKeyValue("source", source).addKeyValue("error", e.getMessage())
                    .log("secret can't be read again, the old one is used");
            return before;
        }
    }
}
