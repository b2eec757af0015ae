package io.evenkeel.channels.content;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Stable short names for long ones. */
public final class Digest {

    private static final int DIGITS = 64;

    private Digest() {}

    /** SHA-256 as 64 hexadecimal digits. */
    public static String of(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The text itself when it has at most so many bytes of UTF-8, else its head and its digest: the same for the same text. */
    public static String shortened(String text, int maxBytes) {
        return text.getBytes(UTF_8).length <= maxBytes
                ? text
                : Texts.fitting(text, maxBytes - DIGITS - 1) + "-" + of(text);
    }
}
