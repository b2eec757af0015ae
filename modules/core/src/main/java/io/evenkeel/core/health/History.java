package io.evenkeel.core.health;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The last {@value Threshold#MAX_WINDOW} scheduled results of one vantage on one node, 4 bits each in one long, the
 * newest lowest: 0 none yet, 1 success, else the code of the failure's reason. A million targets are remembered three times over,
 * so a list of objects would not do.
 */
final class History {

    static final long NONE = 0;

    private static final int BITS = 4;
    private static final long MASK = 0xF;
    private static final long SUCCESS = 1;
    private static final int FIRST_REASON = 2;
    private static final Map<Integer, FailureReason> BY_CODE = Arrays.stream(FailureReason.values())
            .collect(Collectors.toUnmodifiableMap(FailureReason::code, Function.identity()));

    private History() {}

    static long succeeded(long history) {
        return history << BITS | SUCCESS;
    }

    static long failed(long history, FailureReason reason) {
        return history << BITS | reason.code();
    }

    /** Whether all results remembered are successes. */
    static boolean clean(long history) {
        for (long rest = history; rest != 0; rest >>>= BITS) {
            if ((rest & MASK) != SUCCESS) {
                return false;
            }
        }
        return true;
    }

    /** How many results are remembered. */
    static int length(long history) {
        int length = 0;
        for (long rest = history; rest != 0; rest >>>= BITS) {
            length++;
        }
        return length;
    }

    /** So many successes and nothing else. */
    static long successes(long length) {
        long history = NONE;
        for (int i = 0; i < length; i++) {
            history = succeeded(history);
        }
        return history;
    }

    /**
     * The most that may follow from it: a class is met when, of its last N results, at least K are failures that allow
     * at least as much. So three overloads and a refusal are no three refusals.
     */
    static Consequence allowed(long history, Map<FailureReason, FailureClass> classes) {
        var most = Consequence.NOTHING;
        for (long rest = history; rest != 0; rest >>>= BITS) {
            int code = (int) (rest & MASK);
            if (code < FIRST_REASON) {
                continue;
            }
            var candidate = classes.get(BY_CODE.get(code));
            if (candidate != null && candidate.mayFollow().compareTo(most) > 0
                    && count(history, candidate, classes) >= candidate.threshold().failures()) {
                most = candidate.mayFollow();
            }
        }
        return most;
    }

    /** Newest first: {@code OK} or the failure's class. */
    static List<String> described(long history) {
        var results = new ArrayList<String>();
        for (long rest = history; rest != 0; rest >>>= BITS) {
            int code = (int) (rest & MASK);
            var reason = BY_CODE.get(code);
            results.add(reason == null ? "OK" : reason.name());
        }
        return results;
    }

    private static int count(long history, FailureClass wanted, Map<FailureReason, FailureClass> classes) {
        int count = 0;
        long rest = history;
        for (int i = 0; i < wanted.threshold().of() && rest != 0; i++, rest >>>= BITS) {
            int code = (int) (rest & MASK);
            if (code >= FIRST_REASON) {
                var failed = classes.get(BY_CODE.get(code));
                count += failed != null && failed.mayFollow().compareTo(wanted.mayFollow()) >= 0 ? 1 : 0;
            }
        }
        return count;
    }
}
