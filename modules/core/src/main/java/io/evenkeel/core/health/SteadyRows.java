package io.evenkeel.core.health;

import io.evenkeel.core.health.SteadyRow.Packed;
import java.util.function.IntConsumer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A hash table of {@linkplain SteadyRow rows} by name, with linear probing: an entry costs two references and a byte,
 * where a HashMap's costs 80 bytes with its key. The byte is of the name's hash, so that a search reads no row but, most
 * likely, the one it finds: in a large fleet each row is a memory access that no cache helps. Not thread-safe.
 */
final class SteadyRows {

    private static final int FIRST_CAPACITY = 8;
    /** Spreads what {@link String#hashCode} leaves close together: Knuth's multiplicative hashing, 2^32 over the golden ratio. */
    private static final int SPREAD = 0x9E3779B9;

    /** 0 where the slot is free. */
    private byte[] tags = new byte[FIRST_CAPACITY];
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
        return tags[slot] == 0 ? -1 : slot;
    }

    void put(String name, Packed packed) {
        int slot = slotFor(name);
        if (tags[slot] == 0) {
            size++;
        }
        fill(slot, packed, name.hashCode());
        if (size > tags.length - tags.length / 5) {
            resize(tags.length + tags.length / 2);
        }
    }

    void remove(String name) {
        int gap = find(name);
        if (gap < 0) {
            return;
        }
        clear(gap);
        size--;
        // Whoever was pushed on from here by a collision moves back, so that a search may end at a gap.
        for (int slot = next(gap); tags[slot] != 0; slot = next(slot)) {
            var moved = new Packed(row(slot), kind(slot));
            clear(slot);
            insert(moved);
        }
    }

    /** Slots in use; the table must not change meanwhile. */
    void forEach(IntConsumer each) {
        for (int slot = 0; slot < tags.length; slot++) {
            if (tags[slot] != 0) {
                each.accept(slot);
            }
        }
    }

    private int slotFor(String name) {
        int hash = name.hashCode();
        byte tag = tag(hash);
        int slot = home(hash);
        while (tags[slot] != 0 && !(tags[slot] == tag && SteadyRow.isNamed(row(slot), kind(slot), name))) {
            slot = next(slot);
        }
        return slot;
    }

    private void insert(Packed packed) {
        int hash = SteadyRow.hashOfName(packed.row(), packed.kind());
        int slot = home(hash);
        while (tags[slot] != 0) {
            slot = next(slot);
        }
        fill(slot, packed, hash);
    }

    private void fill(int slot, Packed packed, int hash) {
        tags[slot] = tag(hash);
        rows[slot] = packed.row();
        kinds[slot] = packed.kind();
    }

    private void clear(int slot) {
        tags[slot] = 0;
        rows[slot] = null;
        kinds[slot] = null;
    }

    /** The hash's low bits: its {@link #home} is the high bits of a product, of which they say nothing. */
    private static byte tag(int hash) {
        return (byte) (hash | 0x80);
    }

    /** Any capacity will do, so that the table grows by half and not by twice. */
    private int home(int hash) {
        return (int) ((Integer.toUnsignedLong(hash * SPREAD) * tags.length) >>> Integer.SIZE);
    }

    private int next(int slot) {
        return slot + 1 == tags.length ? 0 : slot + 1;
    }

    private void resize(int capacity) {
        var oldRows = rows;
        var oldKinds = kinds;
        tags = new byte[capacity];
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
