package io.evenkeel.core.notification;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.core.alert.Alert;
import io.evenkeel.core.alert.Alert.Severity;
import io.evenkeel.core.alert.Alert.Status;
import io.evenkeel.core.alert.AlertName;
import io.evenkeel.core.decision.Intent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FiringTest {

    private static final Instant T0 = NotificationWorld.T0;

    private static Alert alert(AlertName name, String subject, Status status, Severity severity, int since) {
        return new Alert(subject + "@" + since, 1, status, severity, subject,
                new TreeMap<>(Map.of("name", name.label(), "cluster", subject.split("/", -1)[0])), subject + " " + name,
                List.of(), T0.plusSeconds(since), T0.plusSeconds(since));
    }

    private static Intent silence(String subject, Instant until) {
        return new Intent(Intent.Kind.SILENCE, subject, "ann", "known disk", T0, until);
    }

    @Test
    void theLoudestAndOldestComeFirstAndWhatIsOverIsLeftOut() {
        var firing = Firing.of(NotificationPolicy.nobody(), List.of(
                alert(AlertName.NODE_DOWN, "a/1", Status.FIRING, Severity.WARN, 1),
                alert(AlertName.NODE_DOWN, "b/1", Status.RESOLVED, Severity.PAGE, 1),
                alert(AlertName.CLUSTER_QUORUM_LOST, "c", Status.FIRING, Severity.PAGE, 3),
                alert(AlertName.CLUSTER_QUORUM_LOST, "d", Status.FIRING, Severity.PAGE, 2)), List.of(), T0);
        assertThat(firing).extracting(each -> each.alert().subject()).containsExactly("d", "c", "a/1");
        assertThat(firing).extracting(Firing::keptBack).containsOnly("");
    }

    @Test
    void itIsSaidWhyNobodyIsToldOfOne() {
        var firing = Firing.of(NotificationPolicy.nobody(), List.of(
                alert(AlertName.NODE_DOWN, "a/1", Status.FIRING, Severity.WARN, 1),
                alert(AlertName.CLUSTER_FAILED, "b", Status.FIRING, Severity.PAGE, 2),
                alert(AlertName.NODE_DOWN, "b/1", Status.FIRING, Severity.WARN, 3),
                alert(AlertName.NODE_DOWN, "c/1", Status.FIRING, Severity.WARN, 4)),
                List.of(silence("a", T0.plusSeconds(60)), silence("c", T0)), T0);
        assertThat(firing).extracting(Firing::keptBack).containsExactly("", "silenced by ann: known disk",
                "explained by b CLUSTER_FAILED", "");
    }
}
