package io.evenkeel.lab.aws;

import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;

/** Names as Route 53 keeps them: absolute, lower case. */
final class DnsNames {
    private DnsNames() {}

    static String absolute(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower : lower + ".";
    }

    static boolean within(String name, String zone) {
        return name.equals(zone) || name.endsWith("." + zone);
    }

    /** {@code a.b.c.} as {@code c.b.a.}, the order of Route 53's lists. */
    static String reversed(String name) {
        var labels = Arrays.asList(name.split("\\.", -1));
        Collections.reverse(labels);
        return String.join(".", labels);
    }
}
