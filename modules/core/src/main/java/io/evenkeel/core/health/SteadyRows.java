package io.evenkeel.core.health;

import io.evenkeel.core.health.SteadyRow.Packed;
import java.util.function.IntConsumer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A hash table of {@linkplain SteadyRow rows} by name, with linear probing: an entry costs two references, where a
 * HashMap's costs 80 bytes with its key. Not thread-safe.
 */
final class SteadyRows {

    private static final int FIRST_CAPACITY = 8;
    /** Spreads what {@link String#hashCode} leaves close together: Knuth's multiplicative hashing, 2^32 over the golden ratio. */
    private static final int SPREAD = 0x9E3779B9;

    private byte[] @Nullable [] rows = new byte[FIRST_CAPACITY][];
    private @Nullable SteadyKind[] kinds = new SteadyKind[FIRST_CAPACITY];
    private int size;

    int size() {
        return size;
    }

    byte[] row(int slot) {
        return Objects.requireNonNull(rows[slot]);
    }

    SteadyKind kind(int slot) {
        return Objects.requireNonNull(kinds[slot]);
    }

    /** The slot of a name; -1 when it is not here. */
    int find(String name) {
        int slot = slotFor(name);
        return rows[slot] == null ? -1 : slot;
    }

    void put(String name, Packed packed) {
        int slot = slotFor(name);
        if (rows[slot] == null) {
            size++;
        }
        rows[slot] = packed.row();
        kinds[slot] = packed.kind();
        if (size > rows.length - rows.length / 5) {
            resize(rows.length + rows.length / 2);
        }
    }

    void remove(String name) {
        int gap = find(name);
        if (gap < 0) {
            return;
        }
        rows[gap] = null;
        kinds[gap] = null;
        size--;
        // Whoever was pushed on from here by a collision moves back, so that a search may end at a gap.
        for (int slot = next(gap); rows[slot] != null; slot = next(slot)) {
            var moved = new Packed(row(slot), kind(slot));
            rows[slot] = null;
            kinds[slot] = null;
            insert(moved);
        }
    }

    /** Slots in use; the table must not change meanwhile. */
    void forEach(IntConsumer each) {
        for (int slot = 0; slot < rows.length; slot++) {
            if (rows[slot] != null) {
                each.accept(slot);
            }
        }
    }

    private int slotFor(String name) {
        int slot = home(name.hashCode());
        while (rows[slot] != null && !SteadyRow.isNamed(row(slot), kind(slot), name)) {
            slot = next(slot);
        }
        return slot;
    }

    private void insert(Packed packed) {
        int slot = home(SteadyRow.hashOfName(packed.row(), packed.kind()));
        while (rows[slot] != null) {
            slot = next(slot);
        }
        rows[slot] = packed.row();
        kinds[slot] = packed.kind();
    }

    /** Any capacity will do, so that the table grows by half and not by twice. */
    private int home(int hash) {
        return (int) ((Integer.toUnsignedLong(hash * SPREAD) * rows.length) >>> Integer.SIZE);
    }

    private int next(int slot) {
        return slot + 1 == rows.length ? 0 : slot + 1;
    }

    private void resize(int capacity) {
        var oldRows = rows;
        var oldKinds = kinds;
        rows = new byte[capacity][];
        kinds = new SteadyKind[capacity];
        for (int slot = 0; slot < oldRows.length; slot++) {
            var row = oldRows[slot];
            var kind = oldKinds[slot];
            if (row != null && kind != null) {
                insert(new Packed(row, kind));
            }
        }
    }
}
