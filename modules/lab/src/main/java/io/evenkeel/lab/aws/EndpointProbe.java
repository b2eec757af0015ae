package io.evenkeel.lab.aws;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * One probe as Route 53 makes it: the connection within 4 s, the answer within 2 s, 2xx and 3xx are healthy, a search string is looked
 * for in the first 5,120 bytes of the body ("How Route 53 determines whether a health check is healthy").
 */
final class EndpointProbe {
    private static final int MAX_READ = 16 * 1024 + 5 * 1024;
    private static final int SEARCHED = 5 * 1024;

    private final Duration connectTimeout;
    private final Duration answerTimeout;

    EndpointProbe(Duration connectTimeout, Duration answerTimeout) {
        this.connectTimeout = connectTimeout;
        this.answerTimeout = answerTimeout;
    }

    /** @param text the status as GetHealthCheckStatus words it */
    record Result(boolean healthy, String text) {}

    Result probe(HealthCheckConfig config) {
        var host = config.ipAddress().orElseThrow();
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, config.port().orElse(80)), (int) connectTimeout.toMillis());
            if (config.type() == HealthCheckConfig.Type.TCP) {
                return new Result(true, "Success: TCP connection established.");
            }
            var path = config.resourcePath().orElse("/");
            var request = "GET " + (path.startsWith("/") ? path : "/" + path) + " HTTP/1.1\r\nHost: "
                    + config.domainName().orElse(host) + "\r\nUser-Agent: Amazon-Route53-Health-Check-Service (lab)\r\n"
                    + "Accept: */*\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return judge(read(socket, config), config);
        } catch (SocketTimeoutException e) {
            return new Result(false, "Failure: Connection timed out. The endpoint or the internet connection is down,"
                    + " or requests are being blocked by your firewall.");
        } catch (IOException e) {
            return new Result(false, "Failure: " + e.getMessage());
        }
    }

    private String read(Socket socket, HealthCheckConfig config) throws IOException {
        long deadline = System.nanoTime() + answerTimeout.toNanos();
        var buffer = new byte[MAX_READ];
        int length = 0;
        while (length < buffer.length) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left < 1) {
                throw new SocketTimeoutException("deadline");
            }
            socket.setSoTimeout((int) left);
            int count = socket.getInputStream().read(buffer, length, buffer.length - length);
            if (count < 0) {
                break;
            }
            length += count;
            // The status line is all that matters unless a body is searched; not every server closes at once.
            if (config.type() == HealthCheckConfig.Type.HTTP && indexOfLineEnd(buffer, length) > 0) {
                break;
            }
        }
        return new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
    }

    private static int indexOfLineEnd(byte[] buffer, int length) {
        for (int i = 0; i < length; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private static Result judge(String answer, HealthCheckConfig config) {
        if (!answer.matches("(?s)HTTP/\\d\\.\\d \\d{3}.*")) {
            return new Result(false, "Failure: Resolved IP: " + config.ipAddress().orElse("")
                    + ". The HTTP response is not valid.");
        }
        var line = answer.lines().findFirst().orElse("");
        var status = line.substring(line.indexOf(' ') + 1);
        var text = "HTTP Status Code " + status.replaceFirst(" ", ", ") + ". Resolved IP: "
                + config.ipAddress().orElse("");
        if (status.charAt(0) != '2' && status.charAt(0) != '3') {
            return new Result(false, "Failure: " + text);
        }
        int bodyAt = answer.indexOf("\r\n\r\n") + 4;
        var body = answer.substring(bodyAt, Math.min(answer.length(), bodyAt + SEARCHED));
        // Read as ISO 8859-1 above, so a search string in UTF-8 has to be seen byte by byte as well.
        var wanted = config.searchString()
                .map(string -> new String(string.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
        if (wanted.filter(string -> !body.contains(string)).isPresent()) {
            return new Result(false, "Failure: The endpoint's response did not contain the search string. " + text);
        }
        return new Result(true, "Success: " + text);
    }
}
