package io.evenkeel.topology.copy;

import java.nio.ByteBuffer;

/**
 * What of one partition of a source was passed on.
 *
 * @param offset the last one
 * @param newestMillis the latest append time of all, in milliseconds since 1970. An offset that was passed on already comes
 *     with a later one when the source itself began anew: its topic was deleted and created again.
 * @param complete whether all that was copied after it is read too. Not when copies were deleted before they were read
 */
record PassedOn(long offset, long newestMillis, boolean complete) {

    /** What to do with a copy. */
    enum Verdict {
        /** Pass it on. */
        NEXT,
        /** It was passed on: whoever takes over from a copier, or begins anew, repeats what was not acknowledged. */
        REPEATED,
        /**
         * One before it was lost on the way, and would be taken for a repetition if this went first. Its copier knows of
         * the failure and begins anew, so both come again.
         */
        EARLY
    }

    static PassedOn of(Origin first) {
        return new PassedOn(first.offset(), first.writtenAt().toEpochMilli(), true);
    }

    Verdict verdict(Origin copy) {
        if (copy.offset() <= offset) {
            return copy.writtenAt().toEpochMilli() > newestMillis ? Verdict.NEXT : Verdict.REPEATED;
        }
        return complete && copy.before().orElse(offset) > offset ? Verdict.EARLY : Verdict.NEXT;
    }

    PassedOn then(Origin next) {
        return new PassedOn(next.offset(), Math.max(newestMillis, next.writtenAt().toEpochMilli()), true);
    }

    /** What comes next may have had predecessors that are gone for good. */
    PassedOn afterLoss() {
        return new PassedOn(offset, newestMillis, false);
    }

    byte[] bytes() {
        return ByteBuffer.allocate(2 * Long.BYTES + 1).putLong(offset).putLong(newestMillis)
                .put((byte) (complete ? 1 : 0)).array();
    }

    static PassedOn of(byte[] bytes) {
        var buffer = ByteBuffer.wrap(bytes);
        return new PassedOn(buffer.getLong(), buffer.getLong(), buffer.get() == 1);
    }
}
