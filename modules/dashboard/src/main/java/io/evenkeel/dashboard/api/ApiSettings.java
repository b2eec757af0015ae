package io.evenkeel.dashboard.api;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the API listens.
 *
 * @param host address to bind; anything but loopback should have {@code tls}
 * @param port 0 takes a free one
 * @param tls empty: plain HTTP
 */
public record ApiSettings(String host, int port, Optional<Tls> tls) {

    /**
     * Both in PEM, read at the start.
     *
     * @param certificateChain the server's own first
     * @param privateKey PKCS#8 without a password; RSA, EC or Ed25519
     */
    public record Tls(Path certificateChain, Path privateKey) {}
}
