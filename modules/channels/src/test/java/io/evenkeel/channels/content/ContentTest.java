package io.evenkeel.channels.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenkeel.channels.Golden;
import io.evenkeel.channels.Notifications;
import io.evenkeel.core.notification.Notification.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ContentTest {

    @ParameterizedTest
    @EnumSource(Kind.class)
    void eachKindReadsAsChecked(Kind kind) {
        Golden.check("text/" + kind.name().toLowerCase(Locale.ROOT) + ".txt",
                PlainText.of(Content.of(Notifications.of(kind))));
    }

    @Test
    void everyAlertNameReadsAsChecked() {
        Golden.check("text/every-name.txt", PlainText.of(Content.of(Notifications.ofEveryName())));
    }

    @Test
    void whatIsLeftOutIsCounted() {
        assertThat(Content.of(Notifications.ofEveryName()).more()).isEqualTo("and 4 more firing, and 1 more resolved");
        assertThat(Content.of(Notifications.of(Kind.FIRING)).more()).isEmpty();
    }

    @Test
    void anAcknowledgedIncidentIsNotToBeAcknowledgedAgain() {
        assertThat(Content.of(Notifications.of(Kind.FIRING)).commands()).containsExactly(
                "evenkeel why " + Notifications.INCIDENT,
                "evenkeel acknowledge " + Notifications.INCIDENT + " --reason TEXT",
                "evenkeel silence primary --reason TEXT");
        assertThat(Content.of(Notifications.of(Kind.ACKNOWLEDGED)).commands())
                .noneMatch(command -> command.contains("acknowledge")).hasSize(2);
    }

    @Test
    void aResolvedIncidentOnlyExplains() {
        assertThat(Content.of(Notifications.of(Kind.RESOLVED)).commands())
                .containsExactly("evenkeel why " + Notifications.INCIDENT);
    }

    @Test
    void aTestAndAHeartbeatAskNobodyToDoAnything() {
        assertThat(Content.of(Notifications.of(Kind.TEST)).commands()).isEmpty();
        assertThat(Content.of(Notifications.of(Kind.HEARTBEAT)).commands()).isEmpty();
    }

    @Test
    void aSingleNodeIsSilencedAndNotItsCluster() {
        var one = Notifications.with("i", 1, "t", List.of(Notifications.alert("primary/data-2", "t", List.of())));
        assertThat(Content.of(one).commands()).contains("evenkeel silence primary/data-2 --reason TEXT");
    }

    @Test
    void whatIsExplainedIsAnAlertThatDecisionsKnow() {
        var second = Notifications.with("primary/data-2@1795342503250000+2", 1, "t",
                List.of(Notifications.alert("primary/data-2", "t", List.of())));
        assertThat(Content.of(second).commands()).contains("evenkeel why primary/data-2@1795342503250000",
                "evenkeel acknowledge primary/data-2@1795342503250000+2 --reason TEXT");
    }

    @Test
    void aPastedCommandRunsNothingElse() {
        var evil = Notifications.with("x'; rm -rf ~ #\n`id`", 1, "t", List.of());
        assertThat(Content.of(evil).commands()).contains("evenkeel why 'x'\\''; rm -rf ~ # `id`'");
    }

    @Test
    void noTextBreaksALine() {
        var text = PlainText.of(Content.of(Notifications.with("i\r\nBcc: x", 1, "a\rb", List.of(
                Notifications.alert("s", "t", List.of("one\ntwo\u2028three\u0007"))))));
        assertThat(text).contains("  - one two three\n").contains("] a b\n").doesNotContain("\r")
                .doesNotContain("\u2028");
    }

    @ParameterizedTest
    @CsvSource({"0, 0 s", "59, 59 s", "60, 1 min", "200, 3 min 20 s", "3600, 1 h", "3900, 1 h 5 min", "90000, 1 d 1 h",
            "-5, 0 s"})
    void durationsHaveTheirTwoLargestUnits(long seconds, String text) {
        assertThat(Times.between(Notifications.T0, Notifications.T0.plus(Duration.ofSeconds(seconds)))).isEqualTo(text);
    }

    @Test
    void aCutKeepsCharactersWhole() {
        assertThat(Texts.cut("abc\uD83D\uDE00def", 7)).isEqualTo("abc...");
        assertThat(Texts.cut("abc", 3)).isEqualTo("abc");
        assertThat(Texts.fitting("a\u00e9\uD83D\uDE00", 6)).isEqualTo("a\u00e9");
        assertThat(Texts.fitting("a\u00e9\uD83D\uDE00", 7)).isEqualTo("a\u00e9\uD83D\uDE00");
    }

    @Test
    void aHugeNotificationFitsAndIsStillJson() throws Exception {
        var lines = Collections.nCopies(200, "\u20ac\"".repeat(3000));
        var alerts = Collections.nCopies(20, Notifications.alert("primary/data-1", "t", lines));
        var json = NotificationJson.bytes(NotificationJson.fitting(Notifications.with("i", 1, "t", alerts), 200_000));
        assertThat(json).hasSizeLessThanOrEqualTo(200_000);
        assertThat(new ObjectMapper().readTree(json).path("alerts")).hasSize(20);
    }

    @Test
    void anAlertOfManyLinesIsReadToTheSixtyFourthAndTheRestCounted() {
        var many = Notifications.with("i", 1, "t",
                List.of(Notifications.alert("s", "t", Collections.nCopies(70, "x"))));
        assertThat(Content.of(many).items().getFirst().lines()).hasSize(65).endsWith("x", "and 6 more lines");
    }

    @Test
    void halfACharacterInATextDoesNoHarm() {
        var odd = Notifications.with("i\uD83D", 1, "t\uDE00", List.of());
        assertThatCode(() -> new String(NotificationJson.bytes(NotificationJson.fitting(odd, 1000)),
                StandardCharsets.UTF_8)).doesNotThrowAnyException();
    }

    @Test
    void aLongNameIsShortenedStablyAndApart() {
        String a = Digest.shortened("a".repeat(300), 255);
        assertThat(a).hasSize(255).isEqualTo(Digest.shortened("a".repeat(300), 255))
                .isNotEqualTo(Digest.shortened("a".repeat(301), 255));
        assertThat(Digest.shortened("short", 255)).isEqualTo("short");
    }
}
