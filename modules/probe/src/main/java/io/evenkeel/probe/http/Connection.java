package io.evenkeel.probe.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.Socket;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.io.CloseMode;

/** One connection over which one question at a time is asked: no redirects, no cookies, no proxies. */
final class Connection {

    /** Bodies beyond this are cut off as no answer: what is asked for here is far smaller. */
    private static final int MAX_BODY_BYTES = 32 * 1024 * 1024;

    /**
     * Of each of the two buffers that an open connection holds on to, in bytes. What is read is some kilobytes; 8 KiB by
     * default, which is most of what 20,000 open connections cost.
     */
    private static final Http1Config BUFFERS = Http1Config.custom().setBufferSize(512).build();

    private final WatchedSocket socket;
    private final DefaultBHttpClientConnection http = new DefaultBHttpClientConnection(BUFFERS);
    private boolean keepable;
    private boolean staysAlive;

    /** @param secured the socket itself, or TLS over it */
    Connection(WatchedSocket socket, Socket secured) throws IOException {
        this.socket = socket;
        http.bind(secured);
    }

    /**
     * Asks, and reads the answer to its end.
     *
     * @param endNanos by {@link System#nanoTime}
     */
    Answer.Response ask(ClassicHttpRequest request, long endNanos) throws IOException, HttpException {
        socket.until(endNanos);
        keepable = false;
        http.sendRequestHeader(request);
        http.flush();
        var response = http.receiveResponseHeader();
        while (response.getCode() < HttpStatus.SC_OK) {
            response = http.receiveResponseHeader();
        }
        String body = body(response);
        keepable = DefaultConnectionReuseStrategy.INSTANCE.keepAlive(request, response, HttpCoreContext.create());
        return new Answer.Response(response.getCode(), body);
    }

    private String body(ClassicHttpResponse response) throws IOException, HttpException {
        if (response.getCode() == HttpStatus.SC_NO_CONTENT || response.getCode() == HttpStatus.SC_NOT_MODIFIED) {
            return "";
        }
        http.receiveResponseEntity(response);
        byte[] bytes = EntityUtils.toByteArray(response.getEntity(), MAX_BODY_BYTES);
        return bytes == null ? "" : new String(bytes, UTF_8);
    }

    /** Whether its last answer was read to the end, and more may be asked. */
    boolean keepable() {
        return keepable;
    }

    /** Before it waits for its next question: the kernel is to notice when the other side is gone. */
    void stayAlive() throws IOException {
        if (!staysAlive) {
            socket.stayAlive();
            staysAlive = true;
        }
    }

    /** @see WatchedSocket#whenOver */
    void whenOver(Runnable task) {
        socket.whenOver(task);
    }

    /** Whether the other side has ended it. */
    boolean isOver() {
        return socket.isOver();
    }

    /** Never throws. */
    void close() {
        http.close(keepable ? CloseMode.GRACEFUL : CloseMode.IMMEDIATE);
        letGo();
    }

    /** Closes what the other side has ended; nothing is said any more, so nothing blocks. Never throws. */
    void letGo() {
        try {
            socket.close();
        } catch (IOException _) {
            // It is closed all the same.
        }
    }
}
