package io.evenkeel.topology.policy;

import io.evenkeel.core.policy.PolicySet;
import io.evenkeel.events.Tick.PolicyPointer;
import java.util.Optional;

/** Where policies that ticks name are found. For many threads. */
public interface PolicySource {

    /** What holds before any tick named a policy. */
    PolicySet initial();

    /**
     * A policy that a tick named. Waits for it: whoever wrote the tick had read it.
     *
     * @return empty when it can't be used by this version; that is logged
     * @throws org.apache.kafka.common.errors.TimeoutException when it does not come
     */
    Optional<PolicySet> named(PolicyPointer pointer);

    /** One policy for good. */
    static PolicySource fixed(PolicySet policies) {
        return new PolicySource() {
            @Override
            public PolicySet initial() {
                return policies;
            }

            @Override
            public Optional<PolicySet> named(PolicyPointer pointer) {
                return Optional.empty();
            }
        };
    }
}
