package io.evenkeel.core.cluster;

import java.util.regex.Pattern;

/** One rule for every name that becomes part of a record key: letters, digits, {@code . _ -}, 1 to 128 characters. */
final class Names {

    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9._-]{1,128}");

    private Names() {}

    static String checked(String what, String value) {
        if (!ALLOWED.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    what + " must be 1 to 128 of letters, digits, '.', '_' and '-', was '" + value + "'");
        }
        return value;
    }
}
