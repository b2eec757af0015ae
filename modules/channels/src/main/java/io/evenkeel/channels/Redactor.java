package io.evenkeel.channels;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.evenkeel.channels.content.Texts;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Takes secrets out of what receivers and libraries say: they quote what they were sent. Of an address also its parts, for
 * a receiver that quotes the path alone; of a password also its Base64, which is how SMTP has it.
 */
public final class Redactor {

    private static final int MAX_DETAIL = 300;
    /** Shorter parts of an address, such as {@code services}, say nothing; hiding them would make details unreadable. */
    private static final int MIN_PART = 8;
    private static final String HIDDEN = "***";

    private final List<String> hidden;

    private Redactor(List<String> hidden) {
        this.hidden = hidden;
    }

    public static Redactor of(List<String> secrets) {
        return new Redactor(secrets.stream().filter(secret -> !secret.isBlank()).flatMap(Redactor::forms).distinct()
                .sorted(Comparator.comparingInt(String::length).reversed()).toList());
    }

    private static Stream<String> forms(String secret) {
        String trimmed = secret.strip();
        var whole = Stream.of(secret, trimmed, Base64.getEncoder().encodeToString(trimmed.getBytes(UTF_8)));
        return trimmed.contains("://")
                ? Stream.concat(whole,
                        Arrays.stream(trimmed.split("[/?&=#@:]+")).filter(part -> part.length() >= MIN_PART))
                : whole;
    }

    /** All of it, without the secrets. */
    public String redacted(String text) {
        String result = text;
        for (String secret : hidden) {
            result = result.replace(secret, HIDDEN);
        }
        return result;
    }

    /** One line for people, cut to {@value #MAX_DETAIL} characters after the secrets are out. */
    public String detail(String text) {
        return Texts.cut(Texts.oneLine(redacted(text)), MAX_DETAIL);
    }

    @Override
    public String toString() {
        return "redactor of " + hidden.size() + " texts";
    }
}
