package io.evenkeel.channels.mail;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A mail server on loopback that minds RFC 5321: commands in order, lines ended by CR LF and no longer than 1000 bytes, dots
 * doubled. What it answers to a command can be set; {@code HANG} says nothing, {@code DROP} hangs up.
 */
final class SmtpServer implements AutoCloseable {

    static final String HANG = "HANG";
    static final String DROP = "DROP";
    static final String GREETING = "GREETING";
    static final String END = "END";
    static final String PASSWORD = "correct horse battery";

    private final ServerSocket listener;
    private final Optional<SSLContext> tls;
    private final boolean implicit;
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final List<String> mails = new CopyOnWriteArrayList<>();
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    SmtpServer() {
        this(Optional.empty(), false);
    }

    SmtpServer(Optional<SSLContext> tls, boolean implicit) {
        this.tls = tls;
        this.implicit = implicit;
        try {
            listener = implicit
                    ? tls.orElseThrow().getServerSocketFactory().createServerSocket(0, 5,
                            InetAddress.getLoopbackAddress())
                    : new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** @param command as {@code MAIL}, {@code RCPT}, {@code DATA}; or {@link #GREETING}, {@link #END} */
    SmtpServer answers(String command, String answer) {
        answers.put(command, answer);
        return this;
    }

    int port() {
        return listener.getLocalPort();
    }

    List<String> mails() {
        return List.copyOf(mails);
    }

    List<String> commands() {
        return List.copyOf(commands);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                var socket = listener.accept();
                sockets.add(socket);
                Thread.ofVirtual().start(() -> talk(socket));
            } catch (IOException _) {
                // Closed, or a client that went away.
            }
        }
    }

    private void talk(Socket first) {
        try (first) {
            new Conversation(first, implicit).run();
        } catch (IOException _) {
            // The client went away.
        }
    }

    private final class Conversation {
        private Socket socket;
        private BufferedReader in;
        private OutputStream out;
        private boolean secure;
        private boolean authenticated;
        private boolean sender;
        private boolean recipient;

        Conversation(Socket socket, boolean secure) throws IOException {
            use(socket, secure);
        }

        private void use(Socket next, boolean nextSecure) throws IOException {
            socket = next;
            secure = nextSecure;
            in = new BufferedReader(new InputStreamReader(next.getInputStream(), US_ASCII));
            out = next.getOutputStream();
        }

        void run() throws IOException {
            if (!say(answers.getOrDefault(GREETING, "220 test ESMTP"))) {
                return;
            }
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                commands.add(line);
                String verb = line.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
                if (!say(answers.getOrDefault(verb, usual(verb, line))) || verb.equals("QUIT")
                        || !after(verb)) {
                    return;
                }
            }
        }

        private String usual(String verb, String line) {
            return switch (verb) {
                case "EHLO" -> "250-test\r\n" + (tls.isPresent() && !secure ? "250-STARTTLS\r\n" : "")
                        + "250-AUTH PLAIN\r\n250 SIZE 10000000";
                case "STARTTLS" -> tls.isPresent() && !secure ? "220 go ahead" : "503 bad sequence";
                case "AUTH" -> auth(line);
                case "MAIL" -> line.matches("MAIL FROM:<[^<>\\s]+>.*") ? "250 2.1.0 Ok" : "501 syntax";
                case "RCPT" -> sender && line.matches("RCPT TO:<[^<>\\s]+>") ? "250 2.1.5 Ok" : "503 bad sequence";
                case "DATA" -> recipient ? "354 go on" : "503 bad sequence";
                case "RSET", "NOOP" -> "250 Ok";
                case "QUIT" -> "221 bye";
                default -> "500 what?";
            };
        }

        private String auth(String line) {
            String word = line.substring(line.lastIndexOf(' ') + 1);
            authenticated = new String(Base64.getDecoder().decode(word), UTF_8).endsWith("\0alerts\0" + PASSWORD);
            // Servers quote what they were sent.
            return authenticated ? "235 2.7.0 Ok" : "535 5.7.8 bad credentials " + line;
        }

        /** False: the server hangs up. */
        private boolean after(String verb) throws IOException {
            switch (verb) {
                case "STARTTLS" -> {
                    var layered = (SSLSocket) tls.orElseThrow().getSocketFactory().createSocket(socket,
                            socket.getInetAddress().getHostAddress(), socket.getPort(), true);
                    layered.setUseClientMode(false);
                    use(layered, true);
                }
                case "MAIL" -> sender = !answers.containsKey("MAIL");
                case "RCPT" -> recipient |= !answers.containsKey("RCPT");
                case "DATA" -> {
                    if (!answers.containsKey("DATA") && recipient) {
                        return say(data());
                    }
                }
                default -> {
                    // Nothing changes.
                }
            }
            return true;
        }

        private String data() throws IOException {
            var mail = new StringBuilder();
            boolean tooLong = false;
            for (String line = in.readLine(); !line.equals("."); line = in.readLine()) {
                tooLong |= line.length() > 998;
                mail.append(line.startsWith(".") ? line.substring(1) : line).append("\n");
            }
            mails.add(mail.toString());
            return tooLong ? "550 line too long" : answers.getOrDefault(END, "250 2.0.0 Ok: queued as 4711");
        }

        private boolean say(String answer) throws IOException {
            if (answer.equals(HANG)) {
                return in.read() >= 0;
            }
            if (answer.equals(DROP)) {
                return false;
            }
            out.write((answer + "\r\n").getBytes(US_ASCII));
            out.flush();
            return true;
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (var socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
