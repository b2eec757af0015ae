package io.evenkeel.core.decision;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.decision.DecisionPolicy.Service;
import io.evenkeel.core.health.Voters;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** May this be done about that fault now? With all that the gates may look at. */
sealed interface Question {

    DecisionState state();

    DecisionPolicy policy();

    Fault fault();

    Instant now();

    /** Names that a standing order may give to stop it. */
    List<String> subjects();

    /** Clusters whose situation the answer rests on. */
    List<ClusterId> clusters();

    default ClusterSituation cluster() {
        return state().cluster(fault().cluster());
    }

    default SafetyPolicy safety() {
        return policy().safety();
    }

    default StandingOrders orders() {
        return new StandingOrders(state().intents().values(), subjects(), now());
    }

    /**
     * May this node's instance be replaced?
     *
     * @param voters of its cluster
     */
    record OfNode(DecisionState state, DecisionPolicy policy, Fault fault, NodeSituation node, Voters voters,
            Instant now) implements Question {

        @Override
        public List<String> subjects() {
            return List.of(fault.cluster().value(), node.target().node().toString());
        }

        @Override
        public List<ClusterId> clusters() {
            return List.of(fault.cluster());
        }

        /** The others that should hold data. */
        List<NodeSituation> otherDataNodes() {
            return cluster().nodes().values().stream()
                    .filter(other -> other.expected() && other.target().holdsData())
                    .filter(other -> !other.target().node().equals(node.target().node())).toList();
        }

        /**
         * Names of the other data nodes that are not UP and do not count as missing: they belong to a storm that a person
         * has acknowledged, and so does this node.
         */
        SortedSet<String> excused() {
            var excused = new TreeSet<String>();
            state.ledger().freeze(Freeze.Kind.STORM, fault.cluster().value()).map(Freeze::nodes)
                    .filter(nodes -> nodes.contains(fault.name()))
                    .ifPresent(nodes -> otherDataNodes().stream().filter(other -> !other.holdsDataUp())
                            .map(other -> other.target().node().name()).filter(name -> nodes.contains(name))
                            .forEach(excused::add));
            return excused;
        }

        FactGates facts() {
            return new FactGates(state.ledger().facts(fault.cluster()), safety().facts(), now);
        }
    }

    /** May this service's traffic move to its standby? */
    record OfService(DecisionState state, DecisionPolicy policy, Fault fault, Service service,
            Instant now) implements Question {

        @Override
        public List<String> subjects() {
            return List.of(service.id().value(), fault.cluster().value(), service.standby().value());
        }

        @Override
        public List<ClusterId> clusters() {
            return List.of(fault.cluster(), service.standby());
        }
    }
}
