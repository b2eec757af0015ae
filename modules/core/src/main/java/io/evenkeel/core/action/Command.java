package io.evenkeel.core.action;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.cluster.ServiceId;
import java.util.List;

/** What is to be done. */
public sealed interface Command {

    /** Requests with the same serial key are carried out one after the other: the group, or the service. */
    String serialKey();

    /** Names that a standing order may give to stop it. */
    List<String> names();

    /**
     * Have the Auto Scaling group replace an instance (SetInstanceHealth Unhealthy).
     *
     * @param node the node that is DOWN
     * @param autoScalingGroup its group
     * @param instanceId EC2 instance id of the incarnation that was seen DOWN; never another one
     */
    record ReplaceInstance(NodeId node, String autoScalingGroup, String instanceId) implements Command {
        @Override
        public String serialKey() {
            return autoScalingGroup;
        }

        @Override
        public List<String> names() {
            return List.of(node.cluster().value(), node.toString());
        }
    }

    /**
     * Move the service's traffic (Route 53).
     *
     * @param epoch version of the failover transition: a stale one is refused
     */
    record FailOver(ServiceId service, ClusterId from, ClusterId to, long epoch) implements Command {
        @Override
        public String serialKey() {
            return service.value();
        }

        @Override
        public List<String> names() {
            return List.of(service.value(), from.value(), to.value());
        }
    }
}
