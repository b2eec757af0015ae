package io.evenkeel.channels.content;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.regex.Pattern;

/** Text that fits where it goes. */
public final class Texts {

    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+");
    private static final Pattern SAFE_IN_SHELL = Pattern.compile("[A-Za-z0-9@%+=:,./_-]+");
    private static final String CUT = "...";

    private Texts() {}

    /** Without line breaks, control characters and those that turn the direction of writing: one line, in any place. */
    public static String oneLine(String text) {
        return CONTROL.matcher(text).replaceAll(" ").strip();
    }

    /** At most so many UTF-16 units, never half a character; what was cut ends with three dots. */
    public static String cut(String text, int max) {
        return text.length() <= max
                ? text
                : head(text, Math.max(0, max - CUT.length())) + CUT.substring(0,
                        Math.min(max, CUT.length()));
    }

    private static String head(String text, int end) {
        return text.substring(0, end > 0 && Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end);
    }

    /** At most so many bytes of UTF-8, cut where a character begins: the bytes 10xxxxxx go on with one. */
    public static String fitting(String text, int maxBytes) {
        var bytes = text.getBytes(UTF_8);
        if (bytes.length <= maxBytes) {
            return text;
        }
        int end = maxBytes;
        while (end > 0 && (bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        return new String(bytes, 0, end, UTF_8);
    }

    /** Printable ASCII in one line; other characters as question marks. */
    public static String ascii(String text) {
        return oneLine(text).replaceAll("[^\\x20-\\x7e]", "?");
    }

    /** One word of a shell: people paste commands. */
    static String shellWord(String text) {
        String line = oneLine(text);
        return SAFE_IN_SHELL.matcher(line).matches() ? line : "'" + line.replace("'", "'\\''") + "'";
    }
}
