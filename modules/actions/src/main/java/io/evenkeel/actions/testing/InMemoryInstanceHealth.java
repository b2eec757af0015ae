package io.evenkeel.actions.testing;

import io.evenkeel.actions.InstanceHealth;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Instances by id. What was scripted is answered first, in order; then what the state says. */
public final class InMemoryInstanceHealth implements InstanceHealth {

    private final Map<String, PreState> instances = new HashMap<>();
    private final Deque<PreState> nextReads = new ArrayDeque<>();
    private final Deque<Scripted> nextMarks = new ArrayDeque<>();
    private final List<String> marked = new ArrayList<>();

    private record Scripted(Marking answer, boolean takesEffect) {}

    public synchronized InMemoryInstanceHealth with(String instanceId, PreState state) {
        instances.put(instanceId, state);
        return this;
    }

    /** The next read that is not yet scripted answers this. */
    public synchronized InMemoryInstanceHealth nextRead(PreState answer) {
        nextReads.add(answer);
        return this;
    }

    /** The next mark that is not yet scripted answers this, and takes effect or not. */
    public synchronized InMemoryInstanceHealth nextMark(Marking answer, boolean takesEffect) {
        nextMarks.add(new Scripted(answer, takesEffect));
        return this;
    }

    /** Ids of all marking calls, in order. */
    public synchronized List<String> marked() {
        return List.copyOf(marked);
    }

    @Override
    public synchronized PreState read(String instanceId) {
        var scripted = nextReads.poll();
        return scripted != null ? scripted : instances.getOrDefault(instanceId, new PreState.Gone());
    }

    @Override
    public synchronized Marking markUnhealthy(String instanceId) {
        marked.add(instanceId);
        var scripted = nextMarks.poll();
        if (scripted == null || scripted.takesEffect()) {
            instances.computeIfPresent(instanceId, (_, state) -> state instanceof PreState.Healthy(var group)
                    ? new PreState.AlreadyUnhealthy(group, "InService")
                    : state);
        }
        return scripted == null ? new Marking.Marked() : scripted.answer();
    }
}
