package io.evenkeel.probe.discovery;

import java.util.List;

/** A list from a source that may fail; a failed one is no empty one: nothing is concluded from it. */
sealed interface Listing<T> {

    record Listed<T>(List<T> items) implements Listing<T> {
        public Listed {
            items = List.copyOf(items);
        }
    }

    record Unavailable<T>() implements Listing<T> {}

    default List<T> itemsIfListed() {
        return this instanceof Listed<T>(var items) ? items : List.of();
    }

    default boolean available() {
        return this instanceof Listed<T>;
    }
}
