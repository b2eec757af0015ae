package io.evenkeel.lab.aws;

import io.evenkeel.lab.aws.ResourceRecordSet.Role;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Which record set of a name and type is answered ("How Route 53 chooses records when health checking is configured"). */
public final class FailoverRouting {
    private FailoverRouting() {}

    /**
     * The PRIMARY if it is healthy or unchecked, else the SECONDARY if it is healthy or unchecked, else the PRIMARY all the same.
     *
     * @param candidates record sets of one name and type
     * @param healthy whether a health check of that id is healthy
     * @return empty if there is no candidate
     */
    public static Optional<ResourceRecordSet> choose(List<ResourceRecordSet> candidates, Predicate<String> healthy) {
        Predicate<ResourceRecordSet> usable = records -> records.healthCheckId().map(healthy::test).orElse(true);
        var primary = side(candidates, Role.PRIMARY);
        return primary.filter(usable).or(() -> side(candidates, Role.SECONDARY).filter(usable)).or(() -> primary)
                .or(() -> candidates.stream().findFirst());
    }

    private static Optional<ResourceRecordSet> side(List<ResourceRecordSet> candidates, Role role) {
        return candidates.stream().filter(records -> records.role().filter(role::equals).isPresent()).findFirst();
    }
}
