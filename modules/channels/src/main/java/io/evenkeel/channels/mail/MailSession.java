package io.evenkeel.channels.mail;

import jakarta.mail.Session;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.SSLSocketFactory;

/** Settings in the library's words: package org.eclipse.angus.mail.smtp, "Properties". */
final class MailSession {

    private MailSession() {}

    /** @param trust in place of the platform's; empty: the platform's */
    static Session of(MailSettings settings, Optional<SSLSocketFactory> trust) {
        String millis = Long.toString(settings.callTimeout().toMillis());
        var properties = new Properties();
        properties.setProperty("mail.smtp.host", settings.host());
        properties.setProperty("mail.smtp.port", Integer.toString(settings.port()));
        properties.setProperty("mail.smtp.connectiontimeout", millis);
        properties.setProperty("mail.smtp.timeout", millis);
        properties.setProperty("mail.smtp.auth", Boolean.toString(settings.login().isPresent()));
        properties.setProperty("mail.smtp.auth.mechanisms", "PLAIN LOGIN");
        properties.setProperty("mail.smtp.localhost", "evenkeel." + settings.domain());
        properties.setProperty("mail.smtp.quitwait", "false");
        // One recipient that is gone must not keep the others from knowing.
        properties.setProperty("mail.smtp.sendpartial", "true");
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        properties.setProperty("mail.mime.allowutf8", "false");
        switch (settings.tls()) {
            case REQUIRED -> {
                properties.setProperty("mail.smtp.starttls.enable", "true");
                properties.setProperty("mail.smtp.starttls.required", "true");
            }
            case OPTIONAL -> properties.setProperty("mail.smtp.starttls.enable", "true");
            case NONE -> properties.setProperty("mail.smtp.starttls.enable", "false");
            case IMPLICIT -> properties.setProperty("mail.smtp.ssl.enable", "true");
        }
        trust.ifPresent(factory -> properties.put("mail.smtp.ssl.socketFactory", factory));
        return Session.getInstance(properties);
    }
}
