package io.evenkeel.topology.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.ServiceId;
import io.evenkeel.core.decision.DecisionPolicy;
import io.evenkeel.core.health.HealthPolicy;
import io.evenkeel.core.policy.PolicySet;
import io.evenkeel.events.PolicyRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

class PolicyJsonTest {

    private static PolicySet policies(Duration actAfter) {
        var service = new DecisionPolicy.Service(new ServiceId("search"), new ClusterId("primary"),
                new ClusterId("standby"));
        var decision = new DecisionPolicy("", false, actAfter, Duration.ZERO, Duration.ZERO, Duration.ofMinutes(5),
                Duration.ofMinutes(5), Duration.ofMinutes(5), 1, false, List.of(service));
        return PolicyJson.revised(new PolicySet(HealthPolicy.defaults(""),
                new TreeMap<>(Map.of("primary", HealthPolicy.defaults(""))), decision));
    }

    @Test
    void whatWasPublishedIsReadBack() {
        var policies = policies(Duration.ofSeconds(60));
        var published = PolicyJson.record(policies, "a test");
        assertThat(PolicyJson.read(published)).isEqualTo(policies);
        assertThat(published.content()).as("durations as people read them").contains("\"actAfter\":\"PT1M\"");
    }

    @Test
    void equalNumbersHaveOneRevisionAndOthersAnother() {
        assertThat(policies(Duration.ofSeconds(60)).revision()).isEqualTo(policies(Duration.ofMinutes(1)).revision())
                .isNotEqualTo(policies(Duration.ofSeconds(61)).revision());
    }

    @Test
    void whatIsNoPolicyIsRefused() {
        assertThatThrownBy(() -> PolicyJson.read(new PolicyRecord("r", "health: {}", "somebody")))
                .isInstanceOf(SerializationException.class);
    }
}
