package io.evenkeel.channels.mail;

import io.evenkeel.channels.Channel;
import io.evenkeel.channels.Redactor;
import io.evenkeel.channels.Secret;
import io.evenkeel.core.notification.Notification;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Mail over one SMTP server, one connection for each mail. Taken means that the server took it, not that it was delivered. */
public final class MailChannel implements Channel {

    private static final Logger LOG = LoggerFactory.getLogger(MailChannel.class);

    private final MailSettings settings;
    private final Session session;

    public MailChannel(MailSettings settings) {
        this(settings, Optional.empty());
    }

    MailChannel(MailSettings settings, Optional<SSLSocketFactory> trust) {
        this.settings = settings;
        this.session = MailSession.of(settings, trust);
    }

    /** The library bounds each read; the whole call is bounded here: an interrupt closes the socket of a virtual thread. */
    @Override
    public Receipt send(Notification notification) {
        var call = new FutureTask<>(() -> sendNow(notification));
        var thread = Thread.ofVirtual().name("evenkeel-mail").start(call);
        try {
            return call.get(settings.callTimeout().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            return later("no answer within " + settings.callTimeout().toMillis() + " ms");
        } catch (ExecutionException e) {
            // Its message may quote anything.
            return later("failed: " + Objects.requireNonNullElse(e.getCause(), e).getClass().getSimpleName());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return later("interrupted");
        } finally {
            thread.interrupt();
        }
    }

    private static Receipt later(String detail) {
        return new Receipt.Later(detail, Optional.empty());
    }

    private Receipt sendNow(Notification notification) {
        String password;
        try {
            password = settings.login().map(MailSettings.Login::password).map(Secret::value).orElse("");
        } catch (IllegalStateException e) {
            return later("no password: " + e.getMessage());
        }
        var redactor = Redactor.of(password.isEmpty() ? List.of() : secrets(password));
        try {
            var transport = (SMTPTransport) session.getTransport("smtp");
            try {
                return sent(transport, MailMessage.of(session, settings, notification), password, redactor);
            } finally {
                close(transport);
            }
        } catch (MessagingException e) {
            return SmtpFailures.of(e, redactor);
        }
    }

    /** Whether the mail is sent is settled by now: a farewell that fails must not say otherwise. */
    private static void close(SMTPTransport transport) {
        try {
            transport.close();
        } catch (MessagingException e) {
            LOG.atDebug().addKeyValue("error", e.getClass().getSimpleName()).log("mail connection did not close well");
        }
    }

    /** AUTH PLAIN has users and password in one word (RFC 4616); servers quote it. */
    private List<String> secrets(String password) {
        String user = settings.login().map(MailSettings.Login::user).orElse("");
        return List.of(password, "\0" + user + "\0" + password, user + "\0" + user + "\0" + password);
    }

    private Receipt sent(SMTPTransport transport, MailMessage message, String password, Redactor redactor)
            throws MessagingException {
        if (settings.login().isPresent()) {
            transport.connect(settings.login().get().user(), password);
        } else {
            transport.connect();
        }
        try {
            transport.sendMessage(message, message.recipients(settings));
        } catch (SendFailedException e) {
            if (e.getValidSentAddresses() == null || e.getValidSentAddresses().length == 0) {
                throw e;
            }
            LOG.atWarn().addKeyValue("host", settings.host())
                    .addKeyValue("error", redactor.detail(String.valueOf(e.getMessage())))
                    .log("mail went to some of its recipients only");
        }
        return new Receipt.Taken(redactor.detail(String.valueOf(transport.getLastServerResponse())));
    }

    @Override
    public String toString() {
        return "mail over " + settings.host() + ":" + settings.port();
    }
}
