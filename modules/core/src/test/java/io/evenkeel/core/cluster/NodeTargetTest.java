package io.evenkeel.core.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeTargetTest {

    private static NodeTarget target(String name, String... roles) {
        // New texts and lists each time, as they come from a topic.
        return new NodeTarget(new NodeId(new ClusterId(anew("search")), name), "i-" + name, "http://" + name,
                anew("zone-a"), new ArrayList<>(List.of(roles)), anew("group"),
                new ArrayList<>(List.of(new Vantage("a", "zone-a"), new Vantage("b", "zone-b"))),
                NodeTarget.Phase.EXPECTED);
    }

    private static String anew(String text) {
        return String.valueOf(text.toCharArray());
    }

    @Test
    void rolesAreSortedAndNamedOnce() {
        assertThat(target("n1", "master", "data", "master").roles()).containsExactly("data", "master");
        assertThat(target("n1", "ingest", "ml", "data")).isEqualTo(target("n1", "ml", "data", "ingest"));
        assertThat(target("n1").roles()).isEmpty();
    }

    @Test
    void whatNodesHaveInCommonIsHeldOnce() {
        var parts = new SharedParts();
        var first = target("n1", "data", "ingest").sharing(parts);
        var second = target("n2", "data", "ingest").sharing(parts);
        assertThat(second).isEqualTo(target("n2", "data", "ingest"));
        assertThat(second.roles()).isSameAs(first.roles());
        assertThat(second.vantages()).isSameAs(first.vantages());
        assertThat(second.zone()).isSameAs(first.zone());
        assertThat(second.autoScalingGroup()).isSameAs(first.autoScalingGroup());
        assertThat(second.node().cluster()).isSameAs(first.node().cluster());
        assertThat(second.withPhase(NodeTarget.Phase.RETIRING).roles()).isSameAs(first.roles());
    }
}
