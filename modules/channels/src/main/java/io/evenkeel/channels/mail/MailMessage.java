package io.evenkeel.channels.mail;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.evenkeel.channels.content.Content;
import io.evenkeel.channels.content.Digest;
import io.evenkeel.channels.content.PlainText;
import io.evenkeel.channels.content.Texts;
import io.evenkeel.core.notification.Notification;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A mail about a notification: plain text. Its Message-ID comes from the notification's id, so a repeat is the same mail;
 * later ones name the incident's first, so mail clients show one thread (RFC 5322, section 3.6.4). Every header value is one
 * line: there is nothing that could begin another header.
 */
final class MailMessage extends MimeMessage {

    private static final int MAX_SUBJECT = 200;
    private static final int ID_DIGITS = 40;
    /** Nobody reads more; servers take 10 MB and more. */
    private static final int MAX_TEXT_BYTES = 256 * 1024;

    /** RFC 5322, section 3.3; the library would write it in the host's zone. */
    private static final DateTimeFormatter DATE = DateTimeFormatter
            .ofPattern("EEE, d MMM yyyy HH:mm:ss '+0000'", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private final String id;

    private MailMessage(Session session, String id) {
        super(session);
        this.id = id;
    }

    static MailMessage of(Session session, MailSettings settings, Notification notification) throws MessagingException {
        String domain = settings.domain();
        var message = new MailMessage(session, messageId(notification.id(), domain));
        message.setFrom(MailSettings.address("from", settings.from()));
        for (String to : settings.to()) {
            message.addRecipient(Message.RecipientType.TO, MailSettings.address("to", to));
        }
        var content = Content.of(notification);
        message.setSubject(Texts.cut(Texts.oneLine(content.headline()), MAX_SUBJECT), UTF_8.name());
        message.setHeader("Date", DATE.format(notification.at()));
        // RFC 3834: nobody's absence note answers.
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setHeader("X-Evenkeel-Incident", Texts.cut(Texts.ascii(notification.incident()), MAX_SUBJECT));
        message.setHeader("X-Evenkeel-Kind", notification.kind().name());
        message.setHeader("X-Evenkeel-Severity", notification.severity().label());
        if (notification.sequence() > 1) {
            String first = messageId(notification.incident() + "#1", domain);
            message.setHeader("In-Reply-To", first);
            message.setHeader("References", first);
        }
        message.setText(Texts.fitting(PlainText.of(content), MAX_TEXT_BYTES), UTF_8.name());
        message.saveChanges();
        return message;
    }

    /** The library makes one up otherwise. */
    @Override
    protected void updateMessageID() throws MessagingException {
        setHeader("Message-ID", id);
    }

    private static String messageId(String notificationId, String domain) {
        return "<evenkeel." + Digest.of(notificationId).substring(0, ID_DIGITS) + "@" + domain + ">";
    }

    InternetAddress[] recipients(MailSettings settings) {
        return settings.to().stream().map(to -> MailSettings.address("to", to)).toArray(InternetAddress[]::new);
    }
}
