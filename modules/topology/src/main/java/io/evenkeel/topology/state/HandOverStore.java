package io.evenkeel.topology.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateRestoreCallback;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * For a processor that holds its state in a form of its own: keeps what was restored from the changelog until
 * {@link #all} hands it over, and nothing of what is written afterwards, which goes to the changelog alone. So the state
 * is in memory once. Not for standby replicas: a task that becomes one and comes back would find nothing.
 */
public final class HandOverStore implements KeyValueStore<Bytes, byte[]> {

    /** The store that a processor sees is wrapped: a key of this name is the only way to ask. */
    private static final String HANDED_OVER = "handed-over?";
    private static final Bytes ASKED = Bytes.wrap(HANDED_OVER.getBytes(UTF_8));
    private static final byte[] YES = {1};

    private final String name;
    private final TreeMap<Bytes, byte[]> restored = new TreeMap<>();
    private final Position position = Position.emptyPosition();
    private boolean open;
    private boolean handedOver;

    private HandOverStore(String name) {
        this.name = name;
    }

    /**
     * Whether the state was handed over and is still with whom it was handed to. A task that is suspended and goes on
     * initializes its processors again, with the same store: whoever takes over from itself must keep what it has.
     */
    public static boolean wasHandedOver(KeyValueStore<String, byte[]> store) {
        return store.get(HANDED_OVER) != null;
    }

    public static KeyValueBytesStoreSupplier supplier(String name) {
        return new KeyValueBytesStoreSupplier() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public KeyValueStore<Bytes, byte[]> get() {
                return new HandOverStore(name);
            }

            @Override
            public String metricsScope() {
                return "hand-over";
            }
        };
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        StateRestoreCallback callback = (key, value) -> {
            if (value == null) {
                restored.remove(Bytes.wrap(key));
            } else {
                restored.put(Bytes.wrap(key), value);
            }
        };
        context.register(root, callback);
        open = true;
    }

    /** What was restored, if it was not handed over yet. */
    @Override
    public byte @Nullable [] get(Bytes key) {
        if (key.equals(ASKED)) {
            return handedOver ? YES : null;
        }
        return restored.get(key);
    }

    /** What was restored; each entry is forgotten as it is handed over. */
    @Override
    public KeyValueIterator<Bytes, byte[]> all() {
        handedOver = true;
        return new HandOver();
    }

    @Override
    public void put(Bytes key, byte @Nullable [] value) {
        // The changelog has it.
    }

    @Override
    public byte @Nullable [] putIfAbsent(Bytes key, byte[] value) {
        throw new UnsupportedOperationException("what was written is not known here any more");
    }

    @Override
    public void putAll(List<KeyValue<Bytes, byte[]>> entries) {
        // The changelog has them.
    }

    @Override
    public byte @Nullable [] delete(Bytes key) {
        return null;
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> range(@Nullable Bytes from, @Nullable Bytes to) {
        throw new UnsupportedOperationException("what was written is not known here any more");
    }

    @Override
    public long approximateNumEntries() {
        return restored.size();
    }

    /** Not counted: nobody queries it from outside. */
    @Override
    public Position getPosition() {
        return position;
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        restored.clear();
        open = false;
        handedOver = false;
    }

    private final class HandOver implements KeyValueIterator<Bytes, byte[]> {
        @Override
        public boolean hasNext() {
            return !restored.isEmpty();
        }

        @Override
        public Bytes peekNextKey() {
            return restored.firstKey();
        }

        @Override
        public KeyValue<Bytes, byte[]> next() {
            var entry = restored.pollFirstEntry();
            if (entry == null) {
                throw new NoSuchElementException("all was handed over");
            }
            return KeyValue.pair(entry.getKey(), entry.getValue());
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
