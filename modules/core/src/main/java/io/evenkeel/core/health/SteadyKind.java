package io.evenkeel.core.health;

import io.evenkeel.core.cluster.NodeTarget;
import io.evenkeel.core.cluster.Vantage;
import java.util.List;

/**
 * What many steady nodes have in common.
 *
 * @param senders the run of an agent that sent the newest result, for each of the vantages and in their order
 */
record SteadyKind(NodeRole role, String zone, List<String> roles, String autoScalingGroup,
        List<Vantage> vantages, NodeTarget.Phase phase, List<Observer> senders) {

    static SteadyKind of(NodeTarget target, List<Observer> senders) {
        return new SteadyKind(NodeRole.of(target), target.zone(), target.roles(), target.autoScalingGroup(),
                target.vantages(), target.phase(), List.copyOf(senders));
    }

    /** The place of the vantage whose newest result this agent sent; -1 when the newest is another's. */
    int indexOf(ProbeSource source) {
        for (int i = 0; i < senders.size(); i++) {
            var sender = senders.get(i);
            if (sender.vantage().equals(source.vantage())) {
                return sender.sent(source) ? i : -1;
            }
        }
        return -1;
    }

    boolean expects(String vantage) {
        for (var sender : senders) {
            if (sender.vantage().equals(vantage)) {
                return true;
            }
        }
        return false;
    }

    boolean votesForMasters() {
        return roles.contains("master");
    }
}
