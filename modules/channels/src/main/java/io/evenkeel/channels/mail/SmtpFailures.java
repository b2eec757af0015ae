package io.evenkeel.channels.mail;

import io.evenkeel.channels.Channel.Receipt;
import io.evenkeel.channels.Redactor;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;

/**
 * What a mail server's no means. Reply codes: RFC 5321, section 4.2.1: 4yz is for now, 5yz for good; but a 5yz about login,
 * sender or recipients is about the channel, and every other mail would meet it too. Only 5yz to the mail itself, or to its
 * size, refuses it.
 */
final class SmtpFailures {

    private static final int TOO_LARGE = 552;

    private SmtpFailures() {}

    static Receipt of(MessagingException failure, Redactor redactor) {
        return switch (failure) {
            case AuthenticationFailedException _ -> later("login failed", failure, redactor);
            case SMTPSenderFailedException sender when sender.getReturnCode() == TOO_LARGE ->
                refused("too large", failure, redactor);
            case SMTPSenderFailedException _ -> later("sender not accepted", failure, redactor);
            case SMTPAddressFailedException _ -> later("recipient not accepted", failure, redactor);
            case SMTPSendFailedException sent -> ofCommand(sent, redactor);
            default -> later("no mail sent", failure, redactor);
        };
    }

    /** DATA, or the end of it. */
    private static Receipt ofCommand(SMTPSendFailedException failure, Redactor redactor) {
        int code = failure.getReturnCode();
        boolean forGood = code / 100 == 5 && !isLogin(code) && !failure.getCommand().startsWith("MAIL");
        return forGood || code == TOO_LARGE
                ? refused("mail not accepted", failure, redactor)
                : later("mail not accepted", failure, redactor);
    }

    /** RFC 4954, section 6, and 530, which also asks for STARTTLS (RFC 3207). */
    private static boolean isLogin(int code) {
        return code == 530 || code == 534 || code == 535 || code == 538;
    }

    private static Receipt later(String what, MessagingException failure, Redactor redactor) {
        return new Receipt.Later(redactor.detail(what + ": " + said(failure)), Optional.empty());
    }

    private static Receipt refused(String what, MessagingException failure, Redactor redactor) {
        return new Receipt.Refused(redactor.detail(what + ": " + said(failure)));
    }

    /** The server's words stand in the innermost, for recipients; else in the outermost. */
    private static String said(MessagingException failure) {
        String own = text(failure);
        String inner = text(innermost(failure));
        return own.contains(inner) ? own : own + ": " + inner;
    }

    private static Exception innermost(MessagingException failure) {
        Exception next = failure;
        while (next instanceof MessagingException messaging && messaging.getNextException() != null) {
            next = messaging.getNextException();
        }
        return next;
    }

    private static String text(Exception failure) {
        return Objects.requireNonNullElse(failure.getMessage(), failure.getClass().getSimpleName());
    }
}
