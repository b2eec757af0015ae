package io.evenkeel.probe.http;

import io.evenkeel.core.health.FailureReason;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.TruncatedChunkException;

/** From an exception to what was really seen. */
final class Failures {

    private Failures() {}

    /** Whether the agent's process had no more files to open: that says nothing of the target. */
    static boolean outOfFiles(Throwable failure) {
        return failure instanceof SocketException
                && String.valueOf(failure.getMessage()).contains("Too many open files");
    }

    static FailureReason classify(Throwable failure, boolean connected) {
        return switch (failure) {
            case ConnectionRequestTimeoutException _ -> FailureReason.CONNECT_TIMEOUT;
            case SocketTimeoutException _ -> connected ? FailureReason.READ_TIMEOUT : FailureReason.CONNECT_TIMEOUT;
            case NoRouteToHostException _ -> FailureReason.OTHER;
            case PortUnreachableException _ -> FailureReason.CONNECT_REFUSED;
            case ConnectException refused -> connect(refused);
            case UnknownHostException _ -> FailureReason.OTHER;
            case SSLException tls -> tls(tls);
            case NoHttpResponseException _ -> FailureReason.RESET;
            case TruncatedChunkException _ -> FailureReason.RESET;
            case MalformedChunkCodingException _ -> FailureReason.BODY_MISMATCH;
            case ConnectionClosedException _ -> FailureReason.RESET;
            case SocketException dropped when connected || isReset(dropped) -> FailureReason.RESET;
            default -> FailureReason.OTHER;
        };
    }

    /** A process that dies resets connections that it has not accepted yet, so also while they are being made. */
    private static boolean isReset(SocketException failure) {
        return String.valueOf(failure.getMessage()).contains("Connection reset");
    }

    /** A ConnectException is also thrown for a time-out of the operating system's and for an unreachable network. */
    private static FailureReason connect(ConnectException failure) {
        String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        if (message.contains("refused")) {
            return FailureReason.CONNECT_REFUSED;
        }
        return message.contains("timed out") ? FailureReason.CONNECT_TIMEOUT : FailureReason.OTHER;
    }

    /** A connection that drops under TLS is wrapped, but it is still a drop. */
    private static FailureReason tls(SSLException failure) {
        return failure.getCause() instanceof SocketException ? FailureReason.RESET : FailureReason.TLS;
    }
}
