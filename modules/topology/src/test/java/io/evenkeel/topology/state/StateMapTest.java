package io.evenkeel.topology.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StateMapTest {

    /** Identity counts, so each value is an object of its own. */
    private record Value(int number) {}

    @Test
    void onlyWhatDiffersIsWritten() {
        // Given
        var same = new Value(1);
        var before = new TreeMap<>(Map.of("a", same, "b", new Value(2), "c", new Value(3)));
        var after = new TreeMap<>(Map.of("a", same, "b", new Value(2), "d", new Value(4)));
        // When
        var changes = new ArrayList<String>();
        StateMap.changes(before, after, (key, value) -> changes.add(key + "=" + value));
        // Then
        assertThat(changes).containsExactly("b=Value[number=2]", "c=null", "d=Value[number=4]");
    }

    @Test
    void whatIsWrittenMakesTheStoreEqualToTheState() {
        var random = new Random(20_261_123);
        SortedMap<String, Value> before = new TreeMap<>();
        var store = new HashMap<String, Value>();
        for (int step = 0; step < 2_000; step++) {
            var after = new TreeMap<>(before);
            for (int i = random.nextInt(4); i > 0; i--) {
                String key = "key-" + random.nextInt(20);
                if (random.nextBoolean()) {
                    after.put(key, new Value(step));
                } else {
                    after.remove(key);
                }
            }
            StateMap.changes(before, after, (key, value) -> {
                if (value == null) {
                    store.remove(key);
                } else {
                    store.put(key, value);
                }
            });
            assertThat(store).isEqualTo(after);
            before = after;
        }
    }

    @Test
    void nothingIsWrittenWhenNothingDiffers() {
        SortedMap<String, Value> state = new TreeMap<>(Map.of("a", new Value(1)));
        var changes = new ArrayList<String>();
        StateMap.changes(state, new TreeMap<>(state), (key, _) -> changes.add(key));
        assertThat(changes).isEqualTo(List.of());
    }

    @Test
    void whatAChangelogHoldsIsReadByPrefix() {
        var entries = new TreeMap<>(Map.of("value/a", StateJson.written(new Value(1)), "value/z/9",
                StateJson.written(new Value(2)), "valuer/b", StateJson.written(new Value(3)), "policy", new byte[0]));
        assertThat(new StateMap<>("value/", Value.class).load(KeptState.in(entries)))
                .isEqualTo(Map.of("a", new Value(1), "z/9", new Value(2)));
    }
}
