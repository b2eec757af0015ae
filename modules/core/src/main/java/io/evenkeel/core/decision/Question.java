package io.evenkeel.core.decision;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.decision.DecisionPolicy.Service;
import io.evenkeel.core.health.Voters;
import java.time.Instant;
import java.util.List;

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
