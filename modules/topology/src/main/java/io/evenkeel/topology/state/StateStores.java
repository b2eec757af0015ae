package io.evenkeel.topology.state;

import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** What a processor asks Kafka Streams to keep for it. */
public final class StateStores {

    private StateStores() {}

    /** The one store of a processor: bytes by text, in memory, with a changelog that survives the process. */
    public static Set<StoreBuilder<?>> inMemory(String name) {
        return Set.of(Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.String(),
                Serdes.ByteArray()));
    }
}
