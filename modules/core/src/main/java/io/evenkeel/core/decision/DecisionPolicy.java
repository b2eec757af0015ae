package io.evenkeel.core.decision;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.ServiceId;
import java.time.Duration;
import java.util.List;

/**
 * The numbers that turn faults into requests.
 *
 * @param revision hash of the policy's content; every decision names it
 * @param armed false: everything is judged and recorded, nothing is asked for
 * @param actAfter from a node's first failure to its replacement, at the earliest
 * @param standbyProof how long a standby must have been HEALTHY before traffic may move to it
 * @param coolDown from one failover of a service to the next, at the earliest
 * @param actWithin a request expires this long after the record that decided it
 * @param replaceWithin a replacement that has not restored the number of data nodes by then is overdue, and blocks
 * @param retryAfter from a failed or refused attempt to the next
 * @param maxAttempts attempts per incident and action, then a person is needed
 * @param failOverOnQuorumLost whether a cluster that lost its master quorum, but still answers searches, fails over
 * @param services the services and their two sides
 * @param safety what bounds all of it
 */
public record DecisionPolicy(String revision, boolean armed, Duration actAfter, Duration standbyProof,
        Duration coolDown, Duration actWithin, Duration replaceWithin, Duration retryAfter, int maxAttempts,
        boolean failOverOnQuorumLost, List<Service> services, SafetyPolicy safety) {

    /** A service has one primary and one standby cluster. */
    public record Service(ServiceId id, ClusterId primary, ClusterId standby) {
        public Service {
            if (primary.equals(standby)) {
                throw new IllegalArgumentException("service " + id + ": standby must be another cluster than primary");
            }
        }

        boolean uses(ClusterId cluster) {
            return primary.equals(cluster) || standby.equals(cluster);
        }
    }

    public DecisionPolicy {
        requirePositive("decision.actWithin", actWithin);
        requirePositive("decision.replaceWithin", replaceWithin);
        requirePositive("decision.retryAfter", retryAfter);
        if (maxAttempts < 1) {
            throw new IllegalArgumentException("decision.maxAttempts must be >= 1, was " + maxAttempts);
        }
        services = List.copyOf(services);
    }

    /** With the usual bounds. */
    public DecisionPolicy(String revision, boolean armed, Duration actAfter, Duration standbyProof, Duration coolDown,
            Duration actWithin, Duration replaceWithin, Duration retryAfter, int maxAttempts,
            boolean failOverOnQuorumLost, List<Service> services) {
        this(revision, armed, actAfter, standbyProof, coolDown, actWithin, replaceWithin, retryAfter, maxAttempts,
                failOverOnQuorumLost, services, SafetyPolicy.defaults());
    }

    /** The defaults, dry-run. */
    public static DecisionPolicy defaults(String revision, List<Service> services) {
        return new DecisionPolicy(revision, false, Duration.ofSeconds(60), Duration.ofSeconds(60),
                Duration.ofMinutes(30), Duration.ofMinutes(5), Duration.ofMinutes(15), Duration.ofSeconds(30), 3, false,
                services);
    }

    /** The same numbers under another revision. */
    public DecisionPolicy named(String next) {
        return new DecisionPolicy(next, armed, actAfter, standbyProof, coolDown, actWithin, replaceWithin, retryAfter,
                maxAttempts, failOverOnQuorumLost, services, safety);
    }

    public DecisionPolicy withArmed(boolean next) {
        return new DecisionPolicy(revision, next, actAfter, standbyProof, coolDown, actWithin, replaceWithin,
                retryAfter, maxAttempts, failOverOnQuorumLost, services, safety);
    }

    public DecisionPolicy with(SafetyPolicy next) {
        return new DecisionPolicy(revision, armed, actAfter, standbyProof, coolDown, actWithin, replaceWithin,
                retryAfter, maxAttempts, failOverOnQuorumLost, services, next);
    }

    private static void requirePositive(String key, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(key + " must be longer than 0, was " + value);
        }
    }
}
