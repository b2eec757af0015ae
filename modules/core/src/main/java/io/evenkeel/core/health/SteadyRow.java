package io.evenkeel.core.health;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.cluster.NodeTarget;
import io.evenkeel.core.cluster.SharedParts;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A {@link NodeHealth} that has nothing to tell, in some 160 bytes instead of two thousand: it is UP, no vantage sees a
 * failure or remembers one. With its {@link SteadyKind} it holds all there is to know, so that {@link #unpacked} is
 * equal to what was packed; what would not be is not packed. Most nodes are steady most of the time.
 *
 * <pre>
 * bytes  0- 7  since, and by how many microseconds the version is above it
 *        8-15  expectedSince, and 1 where a score is kept
 *       16-19  checkAt, whole seconds since 1970
 *       then for each vantage, 24 bytes:
 *              observedAt, and how many successes the history remembers
 *              streakSince
 *              counter (40 bits), streak (24 bits)
 *       then, where a score is kept, 16 bytes: score, scoredAt
 *       then name, incarnation and what its kind leaves of the url, each after its length
 * </pre>
 * Times are microseconds since 1970 in the upper 56 bits of a long; probe results have no finer ones.
 */
final class SteadyRow {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private static final int SINCE = 0;
    private static final int EXPECTED_SINCE = 8;
    private static final int CHECK_AT = 16;
    private static final int TALLIES = 20;
    private static final int TALLY = 24;
    private static final int STREAK_SINCE = 8;
    private static final int COUNTER = 16;
    private static final int SCORE_BYTES = 16;

    private static final int SMALL_BITS = 8;
    private static final long SMALL = 0xFF;
    private static final long MOST_MICROS = Long.MAX_VALUE >> SMALL_BITS;
    private static final int STREAK_BITS = 24;
    private static final long MOST_STREAK = (1L << STREAK_BITS) - 1;
    private static final long MOST_COUNTER = (1L << 40) - 1;
    private static final int LONGEST = 255;

    private SteadyRow() {}

    /** A row and what it shares with others. No record: rows are compared by nobody. */
    static final class Packed {
        private final byte[] row;
        private final SteadyKind kind;

        Packed(byte[] row, SteadyKind kind) {
            this.row = row;
            this.kind = kind;
        }

        byte[] row() {
            return row;
        }

        SteadyKind kind() {
            return kind;
        }
    }

    /** Empty when the node is not steady, or a number in it is too large. */
    static Optional<Packed> packed(NodeHealth node, SharedParts shared) {
        var target = node.target();
        if (!isSteady(node) || !fits(target.node().name()) || !fits(target.incarnation()) || !fits(target.url())) {
            return Optional.empty();
        }
        var senders = target.vantages().stream().map(vantage -> node.tallies().get(vantage.name()))
                .flatMap(Stream::ofNullable).map(tally -> shared.same(tally.observer())).toList();
        var kind = shared.same(SteadyKind.of(target, senders));
        byte[] row = written(node, kind);
        // The proof is in the unpacking: it leaves no field to be forgotten.
        return node.equals(unpacked(row, kind, target.node().cluster()))
                ? Optional.of(new Packed(row, kind))
                : Optional.empty();
    }

    private static boolean isSteady(NodeHealth node) {
        if (node.state() != NodeState.UP || node.tallies().size() != node.target().vantages().size()) {
            return false;
        }
        for (var vantage : node.target().vantages()) {
            var tally = node.tallies().get(vantage.name());
            if (tally == null || tally.inTrouble() || !History.clean(tally.history())
                    || tally.counter() > MOST_COUNTER || tally.streak() > MOST_STREAK) {
                return false;
            }
        }
        return true;
    }

    private static boolean fits(String text) {
        return text.length() <= LONGEST && text.chars().allMatch(character -> character < 0x80);
    }

    private static byte[] written(NodeHealth node, SteadyKind kind) {
        var target = node.target();
        int texts = TALLIES + kind.senders().size() * TALLY + (node.score() == 0 ? 0 : SCORE_BYTES);
        String host = kind.host(target.url());
        byte[] row = new byte[texts + 3 + target.node().name().length() + target.incarnation().length()
                + host.length()];
        putTime(row, SINCE, node.since(), node.version() - micros(node.since()));
        putTime(row, EXPECTED_SINCE, node.expectedSince(), node.score() == 0 ? 0 : 1);
        for (int i = 0; i < kind.senders().size(); i++) {
            var tally = Objects.requireNonNull(node.tallies().get(kind.senders().get(i).vantage()));
            int at = TALLIES + i * TALLY;
            putTime(row, at, tally.observedAt(), History.length(tally.history()));
            putTime(row, at + STREAK_SINCE, tally.streakSince(), 0);
            LONG.set(row, at + COUNTER, tally.counter() << STREAK_BITS | tally.streak());
        }
        if (node.score() != 0) {
            LONG.set(row, texts - SCORE_BYTES, Double.doubleToLongBits(node.score()));
            putTime(row, texts - SCORE_BYTES / 2, node.scoredAt(), 0);
        }
        int end = putText(row, texts, target.node().name());
        putText(row, putText(row, end, target.incarnation()), host);
        return row;
    }

    static NodeHealth unpacked(byte[] row, SteadyKind kind, ClusterId cluster) {
        int texts = texts(row, kind);
        int incarnation = texts + 1 + length(row, texts);
        int host = incarnation + 1 + length(row, incarnation);
        var target = new NodeTarget(new NodeId(cluster, text(row, texts)), text(row, incarnation),
                kind.url(text(row, host)),
                kind.zone(), kind.roles(), kind.autoScalingGroup(), kind.vantages(), kind.phase());
        var tallies = new TreeMap<String, NodeTally>();
        for (int i = 0; i < kind.senders().size(); i++) {
            var sender = kind.senders().get(i);
            tallies.put(sender.vantage(), tally(row, TALLIES + i * TALLY, sender));
        }
        boolean scored = small(row, EXPECTED_SINCE) == 1;
        return new NodeHealth(target, NodeState.UP, time(row, SINCE), micros(row, SINCE) + small(row, SINCE),
                time(row, EXPECTED_SINCE), Cause.NONE, Instant.MAX, false,
                scored ? Double.longBitsToDouble((long) LONG.get(row, texts - SCORE_BYTES)) : 0,
                scored ? time(row, texts - SCORE_BYTES / 2) : Instant.EPOCH, List.of(), tallies);
    }

    private static NodeTally tally(byte[] row, int at, Observer sender) {
        return new NodeTally(sender, counter(row, at), time(row, at), false, streak(row, at),
                time(row, at + STREAK_SINCE), History.successes(small(row, at)), 0, Instant.MAX, FailureReason.OTHER,
                "", List.of());
    }

    static Instant checkAt(byte[] row) {
        return Instant.ofEpochSecond(Integer.toUnsignedLong((int) INT.get(row, CHECK_AT)));
    }

    /** Up to a second early, which does no harm: checking early is a waste, checking late is an error. */
    static void checkAt(byte[] row, Instant due) {
        INT.set(row, CHECK_AT, (int) Math.clamp(due.getEpochSecond(), 0, 0xFFFF_FFFFL));
    }

    /**
     * As {@link NodeRules#nextCheck} where every vantage goes on voting UP, so that the rules would leave the node as it
     * is; EPOCH where they must look themselves.
     */
    static Instant nextCheck(byte[] row, SteadyKind kind, HealthPolicy policy, Moment moment) {
        var numbers = policy.of(kind.role());
        if (kind.phase() != NodeTarget.Phase.EXPECTED || small(row, EXPECTED_SINCE) == 1) {
            return Instant.EPOCH;
        }
        var next = after(time(row, EXPECTED_SINCE).plus(numbers.startupGrace()), moment.now());
        for (int i = 0; i < kind.senders().size(); i++) {
            var observed = observedAt(row, i);
            if (moment.isSilent(observed, numbers.staleAfter()) || streakOf(row, i) < numbers.recoveryThreshold()) {
                return Instant.EPOCH;
            }
            next = earlier(next, after(moment.silentFrom(observed, numbers.staleAfter()), moment.now()));
            next = earlier(next, after(time(row, TALLIES + i * TALLY + STREAK_SINCE).plus(numbers.minimumHealthy()),
                    moment.now()));
        }
        return next;
    }

    private static Instant earlier(Instant one, Instant two) {
        return two.isBefore(one) ? two : one;
    }

    private static Instant after(Instant time, Instant now) {
        return time.isAfter(now) ? time : Instant.MAX;
    }

    static boolean isNamed(byte[] row, SteadyKind kind, String name) {
        return isText(row, texts(row, kind), name);
    }

    static boolean isIncarnation(byte[] row, SteadyKind kind, String incarnation) {
        int name = texts(row, kind);
        return isText(row, name + 1 + length(row, name), incarnation);
    }

    /** As {@link String#hashCode} of its name. */
    static int hashOfName(byte[] row, SteadyKind kind) {
        int at = texts(row, kind);
        int hash = 0;
        for (int i = 1; i <= length(row, at); i++) {
            hash = 31 * hash + row[at + i];
        }
        return hash;
    }

    /** What {@link NodeTally#plus} does for a success that follows successes of the same agent. */
    static void succeeded(byte[] row, int vantage, long counter, Instant observed) {
        int at = TALLIES + vantage * TALLY;
        putTime(row, at, observed, Math.min(small(row, at) + 1, Threshold.MAX_WINDOW));
        LONG.set(row, at + COUNTER, counter << STREAK_BITS | (streak(row, at) + 1));
    }

    /** Whether {@link #succeeded} can hold it. */
    static boolean canCount(byte[] row, int vantage, long counter, Instant observed) {
        return counter <= MOST_COUNTER && streak(row, TALLIES + vantage * TALLY) < MOST_STREAK && isExact(observed);
    }

    static long counter(byte[] row, int at) {
        return (long) LONG.get(row, at + COUNTER) >>> STREAK_BITS;
    }

    private static int streak(byte[] row, int at) {
        return (int) ((long) LONG.get(row, at + COUNTER) & MOST_STREAK);
    }

    static long counterOf(byte[] row, int vantage) {
        return counter(row, TALLIES + vantage * TALLY);
    }

    static int streakOf(byte[] row, int vantage) {
        return streak(row, TALLIES + vantage * TALLY);
    }

    static Instant observedAt(byte[] row, int vantage) {
        return time(row, TALLIES + vantage * TALLY);
    }

    private static int texts(byte[] row, SteadyKind kind) {
        return TALLIES + kind.senders().size() * TALLY + (int) small(row, EXPECTED_SINCE) * SCORE_BYTES;
    }

    private static boolean isExact(Instant time) {
        long second = time.getEpochSecond();
        return second >= 0 && second < MOST_MICROS / 1_000_000 && time.getNano() % 1_000 == 0;
    }

    private static long micros(Instant time) {
        return isExact(time) ? time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000 : 0;
    }

    /** What does not fit is cut off here, and found out when the row is compared. */
    private static void putTime(byte[] row, int at, Instant time, long small) {
        LONG.set(row, at, micros(time) << SMALL_BITS | (small & SMALL));
    }

    private static long micros(byte[] row, int at) {
        return (long) LONG.get(row, at) >>> SMALL_BITS;
    }

    private static long small(byte[] row, int at) {
        return (long) LONG.get(row, at) & SMALL;
    }

    private static Instant time(byte[] row, int at) {
        long micros = micros(row, at);
        return Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1_000);
    }

    private static int putText(byte[] row, int at, String text) {
        row[at] = (byte) text.length();
        System.arraycopy(text.getBytes(ISO_8859_1), 0, row, at + 1, text.length());
        return at + 1 + text.length();
    }

    private static int length(byte[] row, int at) {
        return Byte.toUnsignedInt(row[at]);
    }

    private static String text(byte[] row, int at) {
        return new String(row, at + 1, length(row, at), ISO_8859_1);
    }

    private static boolean isText(byte[] row, int at, String text) {
        if (length(row, at) != text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (row[at + 1 + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
