package io.evenkeel.topology.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.core.action.ActionRequest;
import io.evenkeel.core.action.Command;
import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.cluster.ServiceId;
import io.evenkeel.core.decision.InFlight;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class StateJsonTest {

    private static final Instant T0 = Instant.parse("2026-11-22T10:00:00.123456Z");
    private static final ClusterId CLUSTER = new ClusterId("primary");

    /** The lab's pipeline-killed found it: DECISION did not start again while a request was in flight. */
    @Test
    void aRequestInFlightIsReadAsItWasWrittenWhateverItsCommand() {
        for (var command : List.<Command>of(
                new Command.ReplaceInstance(new NodeId(CLUSTER, "d1"), "data-group", "i-1"),
                new Command.FailOver(new ServiceId("search"), CLUSTER, new ClusterId("standby"), 7))) {
            var request = new ActionRequest("req-1", "inc-1", command, T0, T0.plusSeconds(60), 3, "r1", "because");
            var flight = new InFlight(request, "fault-1", CLUSTER, 2, new TreeSet<>(List.of("d2")), false,
                    T0.plusSeconds(900));
            assertThat(StateJson.read(InFlight.class, StateJson.written(flight))).isEqualTo(flight);
        }
    }
}
