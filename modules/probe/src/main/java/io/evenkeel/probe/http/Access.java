package io.evenkeel.probe.http;

import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How to be let in by a cluster.
 *
 * @param apiKey asked before every request, so a rotated key needs no restart; {@link Secret#NONE} sends no header. Must
 *     not block
 * @param caFile certificates in PEM that https targets are checked against; null trusts what the JDK trusts
 * @param verifyHostname whether a certificate must name the host that was asked
 */
public record Access(Supplier<Secret> apiKey, @Nullable Path caFile, boolean verifyHostname) {

    /** No key, the JDK's trust, hostnames verified. */
    public static final Access OPEN = new Access(() -> Secret.NONE, null, true);
}
