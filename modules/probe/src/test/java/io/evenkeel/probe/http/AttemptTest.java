package io.evenkeel.probe.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.junit.jupiter.api.Test;

class AttemptTest {

    /** As HttpClient throws when the connection is given back in the same moment. */
    private static final class EndsAtOnce extends HttpGet {
        private EndsAtOnce() {
            super("http://127.0.0.1:1/");
        }

        @Override
        public boolean cancel() {
            throw new IllegalStateException("Pool entry is not present in the set of leased entries");
        }
    }

    @Test
    void anAttemptThatEndsWhileItIsAbortedIsAborted() throws IOException {
        var attempt = new Attempt(new EndsAtOnce());
        var socket = new AtomicReference<Socket>();
        ScopedValue.where(Attempt.CURRENT, attempt).run(() -> socket.set(Attempt.socketOfCurrent()));
        try (var made = socket.get()) {
            attempt.abort();
            assertThat(made.isClosed()).isTrue();
        }
    }
}
