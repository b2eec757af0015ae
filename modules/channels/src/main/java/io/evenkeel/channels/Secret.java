package io.evenkeel.channels;

import java.util.function.Supplier;

/**
 * A key, a token or an address that is one. Read at each use, so that a rotated one counts at once; its text is never
 * shown, only where it comes from.
 *
 * @param source for people, such as {@code environment variable PAGER_KEY}
 * @param reader reads it, or throws {@link IllegalStateException} that names the source and not the value
 */
public record Secret(String source, Supplier<String> reader) {

    public String value() {
        return reader.get();
    }

    @Override
    public String toString() {
        return "secret from " + source;
    }
}
