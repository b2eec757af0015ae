package io.evenkeel.core.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.decision.Lasting;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SilencesTest {

    private static final List<ClusterId> CLUSTERS = List.of(new ClusterId("primary"), new ClusterId("standby"));

    @ParameterizedTest
    @ValueSource(strings = {"primary", "primary/data-1", "primary/vantage/va", "*", "cluster=primary",
            "name=NodeDown,cluster=~prod-.*", "severity!=page"})
    void whatAlertsAreAboutMayBeSilenced(String subject) {
        assertThatCode(() -> Silences.check(CLUSTERS, subject)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"primry | there are: primary, standby, *", "primary2 | is no cluster here",
            "search | is no cluster here", "color=red | no alert has a label color",
            "cluster=~( | is no regular expression",
            "cluster=a,b | 'b' must be LABEL=VALUE"})
    void aMisspeltNameIsRefusedAndWhatThereIsIsSaid(String subject, String said) {
        assertThatThrownBy(() -> Silences.check(CLUSTERS, subject)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(said);
    }

    @Test
    void theUsualDurationIsOneThatMayBeSaid() {
        assertThat(Lasting.of(Silences.USUAL_DURATION)).isEqualTo(Duration.ofHours(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "999ms", "31d", "721h", "soon", ""})
    void nothingLastsForLessThanASecondOrMoreThan30Days(String text) {
        assertThatThrownBy(() -> Lasting.of(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("must be a duration from 1s to 30d, was '" + text + "'");
    }
}
