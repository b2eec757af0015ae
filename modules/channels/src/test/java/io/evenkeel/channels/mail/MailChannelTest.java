package io.evenkeel.channels.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.channels.Channel.Receipt;
import io.evenkeel.channels.Channel.Receipt.Later;
import io.evenkeel.channels.Channel.Receipt.Refused;
import io.evenkeel.channels.Channel.Receipt.Taken;
import io.evenkeel.channels.Golden;
import io.evenkeel.channels.Notifications;
import io.evenkeel.channels.Secret;
import io.evenkeel.channels.http.Receiver;
import io.evenkeel.channels.mail.MailSettings.Login;
import io.evenkeel.channels.mail.MailSettings.Tls;
import io.evenkeel.core.notification.Notification;
import io.evenkeel.core.notification.Notification.Kind;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailChannelTest {

    private static MailSettings settings(int port, Tls tls, Optional<Login> login, Duration timeout) {
        return new MailSettings("127.0.0.1", port, tls, login, "Evenkeel <evenkeel@example.org>",
                List.of("ops@example.org", "Nacht <night@example.org>"), timeout);
    }

    private static MailChannel plain(SmtpServer server) {
        return new MailChannel(settings(server.port(), Tls.NONE, Optional.empty(), Duration.ofSeconds(10)));
    }

    private static Login login(String password) {
        return new Login("alerts", Receiver.secret(password));
    }

    private static String sent(Notification notification) {
        try (var server = new SmtpServer()) {
            assertThat(plain(server).send(notification)).isEqualTo(new Taken("250 2.0.0 Ok: queued as 4711"));
            return server.mails().getFirst();
        }
    }

    private static MimeMessage parsed(String mail) throws Exception {
        return new MimeMessage(Session.getInstance(new Properties()),
                new ByteArrayInputStream(mail.getBytes(StandardCharsets.US_ASCII)));
    }

    private static Receipt answered(String command, String answer) {
        try (var server = new SmtpServer().answers(command, answer)) {
            return plain(server).send(Notifications.of(Kind.FIRING));
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void eachKindIsSentAsChecked(Kind kind) {
        Golden.check("mail/" + kind.name().toLowerCase(Locale.ROOT) + ".eml", sent(Notifications.of(kind)));
    }

    @Test
    void everyAlertNameIsSentAsChecked() {
        Golden.check("mail/every-name.eml", sent(Notifications.ofEveryName()));
    }

    @Test
    void allRecipientsGetIt() {
        try (var server = new SmtpServer()) {
            plain(server).send(Notifications.of(Kind.FIRING));
            assertThat(server.commands()).contains("RCPT TO:<ops@example.org>", "RCPT TO:<night@example.org>");
        }
    }

    @Test
    void aRepeatIsTheSameMailAndLaterOnesBelongToTheFirst() throws Exception {
        var first = parsed(sent(Notifications.of(Kind.FIRING)));
        var again = parsed(sent(Notifications.of(Kind.FIRING)));
        var update = parsed(sent(Notifications.of(Kind.UPDATED)));
        var resolved = parsed(sent(Notifications.of(Kind.RESOLVED)));
        assertThat(again.getMessageID()).isEqualTo(first.getMessageID()).endsWith("@example.org>");
        assertThat(update.getMessageID()).isNotEqualTo(first.getMessageID());
        assertThat(first.getHeader("In-Reply-To")).isNull();
        for (var later : List.of(update, resolved)) {
            assertThat(later.getHeader("In-Reply-To")).containsExactly(first.getMessageID());
            assertThat(later.getHeader("References")).containsExactly(first.getMessageID());
        }
    }

    @Test
    void noTextAddsAHeaderOrARecipientOrEndsTheMail() throws Exception {
        var evil = Notifications.with("i\r\nBcc: evil@example.com\r\n\r\n.", 2, "x\rBcc: evil@example.com", List.of(
                Notifications.alert("s\r\n.\r\nMAIL FROM:<evil@example.com>", "t",
                        List.of(".", "\r\n.\r\nRCPT TO:<evil@example.com>"))));
        try (var server = new SmtpServer()) {
            assertThat(plain(server).send(evil)).isInstanceOf(Taken.class);
            assertThat(server.mails()).hasSize(1);
            assertThat(server.commands()).noneMatch(command -> command.contains("evil"));
            var mail = parsed(server.mails().getFirst());
            assertThat(mail.getHeader("Bcc")).isNull();
            assertThat(mail.getAllRecipients()).hasSize(2);
        }
    }

    @Test
    void charactersOutsideOfAsciiArriveWhole() throws Exception {
        var mail = parsed(sent(Notifications.with("i", 1, "K\u00f6ln \uD83D\uDE00", List.of(
                Notifications.alert("s", "t", List.of("\u20ac".repeat(2000)))))));
        assertThat(mail.getSubject()).isEqualTo("[page] K\u00f6ln \uD83D\uDE00");
        assertThat(mail.getContent().toString()).contains("[page] K\u00f6ln \uD83D\uDE00", "\u20ac".repeat(800));
    }

    @Test
    void aHugeNotificationIsSent() {
        var alert = Notifications.alert("s", "t", Collections.nCopies(500, "x".repeat(5000)));
        assertThat(sent(Notifications.with("i", 1, "t", Collections.nCopies(20, alert))))
                .hasSizeBetween(200_000, 400_000);
    }

    @ParameterizedTest
    @CsvSource({"GREETING, 421 4.3.2 shutting down", "MAIL, 451 4.3.0 try again", "RCPT, 450 4.2.1 greylisted",
            "DATA, 451 4.3.0 no room", "END, 452 4.3.1 disk full", "END, 421 4.4.2 too slow"})
    void aServerThatSaysNotNowIsForLater(String command, String answer) {
        assertThat(answered(command, answer)).isInstanceOfSatisfying(Later.class,
                later -> assertThat(later.detail()).contains(answer.substring(4)));
    }

    @ParameterizedTest
    @CsvSource({"GREETING, 554 5.3.2 no mail here", "MAIL, 550 5.7.1 sender rejected", "MAIL, 530 5.7.0 log in first",
            "RCPT, 550 5.1.1 user unknown", "DATA, 530 5.7.0 log in first"})
    void troubleWithTheChannelIsForLaterEvenIfForGood(String command, String answer) {
        assertThat(answered(command, answer)).isInstanceOfSatisfying(Later.class,
                later -> assertThat(later.detail()).contains(answer.substring(4)));
    }

    @ParameterizedTest
    @CsvSource({"END, 554 5.6.0 content rejected", "END, 552 5.3.4 too large", "DATA, 554 5.5.1 no",
            "MAIL, 552 5.3.4 too large"})
    void aMailThatIsAtFaultIsRefused(String command, String answer) {
        assertThat(answered(command, answer)).isInstanceOfSatisfying(Refused.class,
                refused -> assertThat(refused.detail()).contains(answer.substring(4)));
    }

    @Test
    void aServerThatHangsUpIsForLater() {
        for (String command : List.of(SmtpServer.GREETING, "EHLO", "MAIL", "DATA", SmtpServer.END)) {
            assertThat(answered(command, SmtpServer.DROP)).as(command).isInstanceOf(Later.class);
        }
    }

    @Test
    void aSlowServerIsGivenUpAtTheCallTimeout() {
        try (var server = new SmtpServer().answers("MAIL", SmtpServer.HANG)) {
            var channel = new MailChannel(settings(server.port(), Tls.NONE, Optional.empty(), Duration.ofMillis(400)));
            assertThat(channel.send(Notifications.of(Kind.FIRING))).isInstanceOf(Later.class);
        }
    }

    @Test
    void aDeadServerIsForLater() {
        int port;
        try (var gone = new SmtpServer()) {
            port = gone.port();
        }
        assertThat(new MailChannel(settings(port, Tls.NONE, Optional.empty(), Duration.ofSeconds(10)))
                .send(Notifications.of(Kind.FIRING))).isInstanceOf(Later.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aLoginGoesOverTlsAndAWrongOneIsForLaterAndNotShown(boolean implicit, @TempDir Path folder) throws Exception {
        var context = TestTls.context(folder);
        var tls = implicit ? Tls.IMPLICIT : Tls.REQUIRED;
        try (var server = new SmtpServer(Optional.of(context), implicit)) {
            assertThat(over(server, tls, SmtpServer.PASSWORD, context).send(Notifications.of(Kind.FIRING)))
                    .isInstanceOf(Taken.class);
            assertThat(over(server, tls, "hunter2hunter2", context).send(Notifications.of(Kind.FIRING)))
                    .isInstanceOf(Later.class).asString().contains("login failed", "535")
                    .doesNotContain("hunter2").contains("AUTH PLAIN ***");
        }
    }

    private static MailChannel over(SmtpServer server, Tls tls, String password, SSLContext context) {
        return new MailChannel(
                settings(server.port(), tls, Optional.of(login(password)), Duration.ofSeconds(10)),
                Optional.of(context.getSocketFactory()));
    }

    @Test
    void withoutStarttlsNothingIsSentWhereItIsRequired() {
        try (var server = new SmtpServer()) {
            var channel = new MailChannel(settings(server.port(), Tls.REQUIRED, Optional.of(login("secret-word")),
                    Duration.ofSeconds(10)));
            assertThat(channel.send(Notifications.of(Kind.FIRING))).isInstanceOf(Later.class);
            assertThat(server.commands()).noneMatch(command -> command.startsWith("AUTH"));
            assertThat(server.mails()).isEmpty();
        }
    }

    @Test
    void aCertificateOfSomebodyIsNotTrusted(@TempDir Path folder) throws Exception {
        try (var server = new SmtpServer(Optional.of(TestTls.context(folder)), false)) {
            var channel = new MailChannel(
                    settings(server.port(), Tls.REQUIRED, Optional.empty(), Duration.ofSeconds(10)));
            assertThat(channel.send(Notifications.of(Kind.FIRING))).isInstanceOf(Later.class);
            assertThat(server.mails()).isEmpty();
        }
    }

    @Test
    void optionalStarttlsIsUsedWhenOfferedAndDoneWithoutWhenNot(@TempDir Path folder) throws Exception {
        var context = TestTls.context(folder);
        try (var server = new SmtpServer(Optional.of(context), false); var bare = new SmtpServer()) {
            for (var one : List.of(server, bare)) {
                var channel = new MailChannel(
                        settings(one.port(), Tls.OPTIONAL, Optional.empty(), Duration.ofSeconds(10)),
                        Optional.of(context.getSocketFactory()));
                assertThat(channel.send(Notifications.of(Kind.FIRING))).isInstanceOf(Taken.class);
            }
            assertThat(server.commands()).contains("STARTTLS");
        }
    }

    @Test
    void aPasswordThatCannotBeReadIsForLater() {
        var missing = new Login("alerts", new Secret("file /run/smtp", () -> {
            throw new IllegalStateException("file /run/smtp can't be read");
        }));
        assertThat(new MailChannel(settings(25, Tls.REQUIRED, Optional.of(missing), Duration.ofSeconds(10)))
                .send(Notifications.of(Kind.FIRING)))
                .isEqualTo(new Later("no password: file /run/smtp can't be read", Optional.empty()));
    }

    @Test
    void settingsThatLeakOrCannotWorkAreNotTaken() {
        assertThatThrownBy(() -> new MailSettings("mail.example.org", 25, Tls.OPTIONAL, Optional.of(login("x")),
                "a@example.org", List.of("b@example.org"), Duration.ofSeconds(1))).hasMessageContaining("in clear");
        for (String bad : List.of("", "nobody", "a@b\r\nBcc: c@d", "a@b, c@d")) {
            assertThatThrownBy(() -> new MailSettings("mail.example.org", 25, Tls.NONE, Optional.empty(),
                    "a@example.org", List.of(bad), Duration.ofSeconds(1))).as(bad)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
