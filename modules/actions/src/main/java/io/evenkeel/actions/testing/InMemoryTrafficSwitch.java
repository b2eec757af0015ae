package io.evenkeel.actions.testing;

import io.evenkeel.actions.TrafficSwitch;
import io.evenkeel.core.cluster.ClusterId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Traffic that is at one cluster and goes where it is switched. Scripted answers come first, in order. */
public final class InMemoryTrafficSwitch implements TrafficSwitch {

    private final Deque<Position> nextPositions = new ArrayDeque<>();
    private final Deque<Switching> nextSwitchings = new ArrayDeque<>();
    private final Deque<Verification> nextVerifications = new ArrayDeque<>();
    private final List<ClusterId> switched = new ArrayList<>();
    private ClusterId at;

    public InMemoryTrafficSwitch(ClusterId at) {
        this.at = at;
    }

    public synchronized InMemoryTrafficSwitch nextPosition(Position answer) {
        nextPositions.add(answer);
        return this;
    }

    /** The next switch that is not yet scripted answers this; traffic moves only if the answer says so. */
    public synchronized InMemoryTrafficSwitch nextSwitching(Switching answer) {
        nextSwitchings.add(answer);
        return this;
    }

    public synchronized InMemoryTrafficSwitch nextVerification(Verification answer) {
        nextVerifications.add(answer);
        return this;
    }

    /** Targets of all switching calls, in order. */
    public synchronized List<ClusterId> switched() {
        return List.copyOf(switched);
    }

    @Override
    public synchronized Position position(ClusterId to) {
        var scripted = nextPositions.poll();
        if (scripted != null) {
            return scripted;
        }
        return at.equals(to) ? new Position.OnTarget("at " + at) : new Position.Elsewhere("at " + at);
    }

    @Override
    public synchronized Switching switchTo(ClusterId to) {
        switched.add(to);
        var scripted = nextSwitchings.poll();
        Switching answer = scripted != null
                ? scripted
                : new Switching.Switched("change-" + switched.size(), "back to " + at);
        if (answer instanceof Switching.Switched) {
            at = to;
        }
        return answer;
    }

    @Override
    public synchronized Verification verify(ClusterId to, Switching.Switched accepted) {
        var scripted = nextVerifications.poll();
        if (scripted != null) {
            return scripted;
        }
        return at.equals(to) ? new Verification.InEffect() : new Verification.Different("at " + at);
    }
}
