package io.evenkeel.core.notification;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.evenkeel.core.alert.Labels;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A link of every notification, such as to a runbook or a dashboard.
 *
 * @param text what stands there
 * @param url an address with names of {@link #NAMES} in braces, which become values of the notification
 */
public record LinkTemplate(String text, String url) {

    public static final String INCIDENT = "incident";
    /** What may stand in braces: labels of alerts, and the incident. */
    public static final List<String> NAMES = Stream.concat(Stream.of(INCIDENT), Labels.ALL.stream()).toList();

    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    private static final Pattern PLACE = Pattern.compile("\\{([^{}]*)}");

    /** The names in braces, in order. */
    public List<String> names() {
        return PLACE.matcher(url).results().map(found -> found.group(1)).toList();
    }

    /** The address with some letter for each name: what checks an address knows no braces. */
    public String example() {
        return PLACE.matcher(url).replaceAll("x");
    }

    /** The address with each name in braces replaced, by percent-encoded values; empty where one has no value. */
    Optional<Link> of(Map<String, String> values) {
        if (names().stream().anyMatch(name -> values.getOrDefault(name, "").isEmpty())) {
            return Optional.empty();
        }
        return Optional.of(new Link(text, PLACE.matcher(url)
                .replaceAll(found -> encoded(values.getOrDefault(found.group(1), "")))));
    }

    /** RFC 3986, sections 2.1 and 2.3. No character of it means anything in a replacement. */
    private static String encoded(String value) {
        var text = new StringBuilder();
        for (byte each : value.getBytes(UTF_8)) {
            if (UNRESERVED.indexOf(each) >= 0) {
                text.append((char) each);
            } else {
                text.append('%').append(HexFormat.of().withUpperCase().toHexDigits(each));
            }
        }
        return text.toString();
    }
}
