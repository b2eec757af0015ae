package io.evenkeel.core.notification;

import io.evenkeel.core.alert.Alert;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * One condition on a label, as Alertmanager writes it: {@code severity=page}, {@code cluster!=lab},
 * {@code cluster=~prod-.*}, {@code zone!~eu-.*}. A label that an alert lacks is the empty text; expressions match whole
 * values.
 */
public record Matcher(String label, Operator operator, String value, Pattern pattern) {

    private static final Pattern SYNTAX = Pattern.compile("\\s*([A-Za-z_]\\w*)\\s*(!=|=~|!~|=)\\s*(.*?)\\s*");

    public enum Operator {
        EQUAL("="), NOT_EQUAL("!="), LIKE("=~"), NOT_LIKE("!~");

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }

        private static Operator of(String sign) {
            for (var operator : values()) {
                if (operator.sign.equals(sign)) {
                    return operator;
                }
            }
            throw new IllegalArgumentException("no operator: " + sign);
        }
    }

    /**
     * Read from one condition; the value may stand in double quotes.
     *
     * @throws IllegalArgumentException that says what is wrong with it
     */
    public static Matcher parse(String text) {
        var parts = SYNTAX.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("must be LABEL=VALUE, LABEL!=VALUE, LABEL=~REGEX or LABEL!~REGEX");
        }
        var operator = Operator.of(parts.group(2));
        String value = parts.group(3).replaceAll("^\"(.*)\"$", "$1");
        boolean expression = operator == Operator.LIKE || operator == Operator.NOT_LIKE;
        try {
            return new Matcher(parts.group(1), operator, value,
                    Pattern.compile(expression ? value : Pattern.quote(value)));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("is no regular expression: " + e.getDescription(), e);
        }
    }

    /** Whether a text is meant as conditions, not as a subject: those have no equals sign. */
    public static boolean isList(String text) {
        return text.indexOf('=') >= 0 || text.indexOf('~') >= 0;
    }

    /**
     * Conditions with a comma between.
     *
     * @throws IllegalArgumentException that names the condition and says what is wrong with it
     */
    public static List<Matcher> list(String text) {
        return Arrays.stream(text.split(",", -1)).map(part -> {
            try {
                return parse(part);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("'" + part.strip() + "' " + e.getMessage(), e);
            }
        }).toList();
    }

    /** Whether it is true of an alert. */
    public boolean matches(Alert alert) {
        boolean same = pattern.matcher(alert.label(label)).matches();
        return switch (operator) {
            case EQUAL, LIKE -> same;
            case NOT_EQUAL, NOT_LIKE -> !same;
        };
    }

    @Override
    public String toString() {
        return label + operator.sign + value;
    }
}
