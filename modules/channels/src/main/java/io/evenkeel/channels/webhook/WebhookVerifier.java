package io.evenkeel.channels.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.evenkeel.channels.Secret;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * What a receiver does with a signed notification. Within the window a recorded one can be sent again: whoever minds
 * remembers ids for that long.
 */
public final class WebhookVerifier {

    /** How far the timestamp may be from the receiver's clock, either way. */
    public static final Duration WINDOW = Duration.ofMinutes(5);

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");

    private final Secret key;

    public WebhookVerifier(Secret key) {
        this.key = key;
    }

    public enum Verdict {
        GENUINE,
        /** Signed with another key, or changed on the way. */
        FORGED,
        /** Genuine, but outside of the window: recorded and sent again, or a clock is wrong. */
        STALE
    }

    /**
     * @param timestamp header {@code Evenkeel-Timestamp}, seconds since 1970
     * @param signature header {@code Evenkeel-Signature}
     * @param body the bytes that came, before anything parsed them
     * @param now the receiver's clock
     */
    public Verdict verdict(String timestamp, String signature, byte[] body, Instant now) {
        if (!SECONDS.matcher(timestamp).matches()) {
            return Verdict.FORGED;
        }
        String expected = Signature.of(key.value(), timestamp, body);
        if (!MessageDigest.isEqual(expected.getBytes(UTF_8), signature.getBytes(UTF_8))) {
            return Verdict.FORGED;
        }
        var age = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), now).abs();
        return age.compareTo(WINDOW) > 0 ? Verdict.STALE : Verdict.GENUINE;
    }
}
