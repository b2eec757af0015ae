package io.evenkeel.actions;

import static io.evenkeel.actions.Requests.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.core.action.ActionOutcome.Status;
import io.evenkeel.core.alert.Alert;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AnnouncementTest {

    @Test
    void aRepeatOfAnAlertCarriesTheSameRecogniserAndTheNextOneAnother() {
        assertThat(Announcement.of(alert(1)).recogniser()).isEqualTo(Announcement.of(alert(1)).recogniser());
        assertThat(Announcement.of(alert(1)).recogniser()).isNotEqualTo(Announcement.of(alert(2)).recogniser());
    }

    @Test
    void anOutcomeIsRecognisedByRequestAndStatus() {
        var announcement = Announcement.of(Requests.outcome(Requests.replace(), Status.REFUSED, 1));
        assertThat(announcement.recogniser()).isEqualTo("incident-1/1#REFUSED");
        assertThat(announcement.severity()).isEqualTo("warn");
        assertThat(announcement.title()).isEqualTo("REFUSED: replace instance i-0123456789abcdef0 of primary/data-1");
    }

    private static Alert alert(int sequence) {
        return new Alert("primary/data-1", sequence, Alert.Status.FIRING, Alert.Severity.PAGE, "primary/data-1",
                new TreeMap<>(Map.of("name", "NodeDown")),
                "data-1 is DOWN", List.of("3 of 3 vantages"), T0, T0);
    }
}
