package io.evenkeel.core.cluster;

/** One rule for every name that becomes part of a record key: letters, digits, {@code . _ -}, 1 to 128 characters. */
final class Names {

    private static final int LONGEST = 128;

    private Names() {}

    static String checked(String what, String value) {
        if (!isAllowed(value)) {
            throw new IllegalArgumentException(
                    what + " must be 1 to 128 of letters, digits, '.', '_' and '-', was '" + value + "'");
        }
        return value;
    }

    /** By hand: every probe result has two, and a pattern takes a tenth of the time that one costs. */
    private static boolean isAllowed(String value) {
        if (value.isEmpty() || value.length() > LONGEST) {
            return false;
        }
        for (int i = 0; i < value.length(); i++) {
            if (!isAllowed(value.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAllowed(char one) {
        return (one >= 'a' && one <= 'z') || (one >= 'A' && one <= 'Z') || (one >= '0' && one <= '9') || one == '.'
                || one == '_' || one == '-';
    }
}
