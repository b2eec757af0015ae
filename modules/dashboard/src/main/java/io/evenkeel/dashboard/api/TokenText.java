package io.evenkeel.dashboard.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The text of one token, read at each use, so that a rotated one counts at once. One that can't be read, or is too short,
 * lets nobody in; that is told once, and it is not read again for a while, so that a storm of requests is none of reads.
 */
final class TokenText {

    /** Short ones can be guessed. */
    static final int SHORTEST = 16;
    static final Duration READ_AGAIN_AFTER = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(TokenText.class);

    private final Token token;
    private final LongSupplier nanos;
    private boolean refused;
    private long triedAt;

    TokenText(Token token, LongSupplier nanos) {
        this.token = token;
        this.nanos = nanos;
    }

    Token token() {
        return token;
    }

    boolean isTooShort() {
        return read().filter(text -> text.length() < SHORTEST).isPresent();
    }

    /** SHA-256; empty while it lets nobody in. */
    Optional<byte[]> digest() {
        return isToBeLeftAlone() ? Optional.empty() : read().filter(this::isLongEnough).map(TokenText::digest);
    }

    /** Whoever gets false tries; others are not kept waiting meanwhile. */
    private synchronized boolean isToBeLeftAlone() {
        long now = nanos.getAsLong();
        if (refused && now - triedAt < READ_AGAIN_AFTER.toNanos()) {
            return true;
        }
        triedAt = now;
        return false;
    }

    private Optional<String> read() {
        try {
            return Optional.of(token.text().get());
        } catch (IllegalStateException unreadable) {
            refuse(String.valueOf(unreadable.getMessage()));
            return Optional.empty();
        }
    }

    private boolean isLongEnough(String text) {
        if (text.length() < SHORTEST) {
            refuse("shorter than " + SHORTEST + " characters");
            return false;
        }
        accept();
        return true;
    }

    private synchronized void refuse(String why) {
        if (!refused) {
            refused = true;
            LOG.atWarn().addKeyValue("token", token.name()).addKeyValue("source", token.source())
                    .addKeyValue("error", why).log("token lets nobody in");
        }
    }

    private synchronized void accept() {
        if (refused) {
            refused = false;
            LOG.atInfo().addKeyValue("token", token.name()).addKeyValue("source", token.source())
                    .log("token is good again");
        }
    }

    static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }
}
