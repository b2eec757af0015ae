package io.evenkeel.probe.http;

import java.util.regex.Pattern;

/** One line for people, of bounded length. */
public final class Details {

    public static final int MAX = 300;

    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Cntrl}]+");

    private Details() {}

    /** Joins lines and cuts after {@value #MAX} characters. */
    public static String line(String text) {
        String line = BLANKS.matcher(text).replaceAll(" ").strip();
        return line.length() <= MAX ? line : line.substring(0, MAX - 1) + "…";
    }

    /** The message of a failure, with its type where the message alone says too little. */
    public static String of(Throwable failure) {
        String message = failure.getMessage();
        return line(message == null
                ? failure.getClass().getSimpleName()
                : failure.getClass().getSimpleName() + ": " + message);
    }
}
