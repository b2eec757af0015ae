package io.evenkeel.lab.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.lab.aws.ResourceRecordSet.Role;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailoverRoutingTest {

    @ParameterizedTest(name = "primary {0}, secondary {1}: {2}")
    @CsvSource({"healthy, healthy, PRIMARY", "healthy, unhealthy, PRIMARY", "unhealthy, healthy, SECONDARY",
            "unhealthy, unchecked, SECONDARY", "unhealthy, unhealthy, PRIMARY", "unchecked, healthy, PRIMARY"})
    void theAnswerFollowsTheHealthOfBothSides(String primary, String secondary, Role expected) {
        var candidates = List.of(side(Role.SECONDARY, secondary), side(Role.PRIMARY, primary));
        assertThat(FailoverRouting.choose(candidates, Set.of("healthy")::contains).flatMap(ResourceRecordSet::role))
                .contains(expected);
    }

    private static ResourceRecordSet side(Role role, String health) {
        return new ResourceRecordSet("search.lab.", "A", Optional.of(role.name()), Optional.of(role), 5,
                List.of("127.0.0.1"), Optional.of(health).filter(check -> !check.equals("unchecked")));
    }
}
