package io.evenkeel.channels.mail;

import io.evenkeel.channels.Secret;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A mail server and whom to write to.
 *
 * @param port 587 for submission, 465 with {@link Tls#IMPLICIT}, 25 for a relay
 * @param login empty: the server takes mail without
 * @param from one address, with or without a name
 * @param to at least one address
 * @param callTimeout longest time of one mail, from the connection to the server's last answer
 */
public record MailSettings(String host, int port, Tls tls, Optional<Login> login, String from, List<String> to,
        Duration callTimeout) {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");

    public enum Tls {
        /** STARTTLS, or nothing is sent. */
        REQUIRED,
        /** STARTTLS when the server offers it: whoever sits between can take the offer away. */
        OPTIONAL,
        /** In clear. */
        NONE,
        /** TLS from the first byte, as on port 465. */
        IMPLICIT
    }

    public record Login(String user, Secret password) {}

    public MailSettings {
        to = List.copyOf(to);
        check(!host.isBlank() && port > 0 && port < 65536, "mail needs a host and a port from 1 to 65535");
        check(!to.isEmpty(), "mail needs at least one address in to");
        check(callTimeout.isPositive(), "mail call time-out must be over 0, was " + callTimeout);
        check(login.isEmpty() || tls == Tls.REQUIRED || tls == Tls.IMPLICIT || LOOPBACK.contains(host),
                "mail with a login needs TLS REQUIRED or IMPLICIT, or the password is sent in clear");
        var _ = address("from", from);
        to.forEach(one -> address("to", one));
    }

    private static void check(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }

    /** Checked: one address, no line break, with a domain. */
    static InternetAddress address(String key, String text) {
        try {
            boolean broken = text.chars().anyMatch(c -> c < ' ' || c == 0x7f);
            var address = new InternetAddress(text, true);
            check(!broken && address.getAddress().indexOf('@') > 0, "mail " + key + " is no address: " + text);
            return address;
        } catch (AddressException e) {
            throw new IllegalArgumentException("mail " + key + " is no address: " + text, e);
        }
    }

    /** Message ids are said to be of this domain. */
    String domain() {
        String address = address("from", from).getAddress();
        return address.substring(address.lastIndexOf('@') + 1);
    }
}
