package io.evenkeel.channels.delivery;

import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/**
 * How far a lane is, as its group commits it. What waits long must not have all that was sent after it repeated by the next
 * process; so the metadata of the committed offset say what of the records from there on still waits. With at most
 * {@link Lane#MAX_WAITING} of them that stays below the 4,096 bytes that a broker allows by default
 * ({@code offset.metadata.max.bytes}).
 *
 * @param readUpTo the next offset to read for the first time
 * @param waiting offsets below it that have no end yet
 */
record Progress(long readUpTo, SortedSet<Long> waiting) {

    private static final int RADIX = Character.MAX_RADIX;
    /** What our metadata start with. */
    private static final String MARK = "lane";

    /** As {@link #committed} made it; what others made, such as a tool that resets offsets, counts by its offset alone. */
    static Progress of(OffsetAndMetadata committed) {
        var parts = committed.metadata().split(" ", -1);
        var waiting = new TreeSet<Long>();
        if (!parts[0].equals(MARK)) {
            return new Progress(committed.offset(), waiting);
        }
        long offset = committed.offset();
        for (int i = 2; i < parts.length; i++) {
            offset += Long.parseLong(parts[i], RADIX);
            waiting.add(offset);
        }
        return new Progress(Long.parseLong(parts[1], RADIX), waiting);
    }

    /** The first that waits, or what is next; then as metadata how far it was read, and what waits, as distances. */
    OffsetAndMetadata committed() {
        if (waiting.isEmpty()) {
            return new OffsetAndMetadata(readUpTo);
        }
        var metadata = new StringBuilder(MARK).append(' ').append(Long.toString(readUpTo, RADIX));
        long before = waiting.first();
        for (long offset : waiting) {
            metadata.append(' ').append(Long.toString(offset - before, RADIX));
            before = offset;
        }
        return new OffsetAndMetadata(waiting.first(), metadata.toString());
    }

    /**
     * What it is now.
     *
     * @param position the next offset to read; below {@link #readUpTo} while what waited is read again
     * @param inLane what waits among what was read since
     */
    Progress at(long position, SortedSet<Long> inLane) {
        var all = new TreeSet<>(waiting.tailSet(position));
        all.addAll(inLane);
        return new Progress(Math.max(readUpTo, position), all);
    }

    /** Whether a record that was read came to its end in an earlier life. */
    boolean isDone(long offset) {
        return offset < readUpTo && !waiting.contains(offset);
    }
}
