package io.evenkeel.probe.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.evenkeel.probe.testing.RawServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class WatchedSocketTest {

    private static final Duration PATIENT = Duration.ofSeconds(5);
    private static final Duration HASTY = Duration.ofMillis(200);

    @Test
    void whatComesIsReadWheneverItIsWantedAndThenTheEnd() throws Exception {
        try (var server = new RawServer(connection -> connection.write("hello")); var socket = open(server)) {
            await().until(socket::isOver);

            assertThat(socket.getInputStream().readAllBytes()).isEqualTo("hello".getBytes(UTF_8));
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void muchComesAsFastAsItIsRead() throws Exception {
        int megabytes = 20;
        var written = new AtomicInteger();
        try (var server = new RawServer(connection -> {
            for (int i = 0; i < megabytes; i++) {
                connection.write("x".repeat(1_000_000));
                written.incrementAndGet();
            }
        }); var socket = open(server)) {
            await().during(HASTY).untilAsserted(() -> assertThat(written.get()).isLessThan(megabytes));

            assertThat(socket.getInputStream().readAllBytes())
                    .isEqualTo("x".repeat(megabytes * 1_000_000).getBytes(UTF_8));
        }
    }

    @Test
    void allReadsEndWithOneDeadline() throws Exception {
        try (var server = new RawServer(connection -> {
            while (true) {
                connection.write("x");
                Thread.sleep(20);
            }
        }); var socket = open(server)) {
            socket.until(System.nanoTime() + HASTY.toNanos());
            assertThatThrownBy(() -> socket.getInputStream().readAllBytes()).isInstanceOf(SocketTimeoutException.class);

            socket.until(System.nanoTime() + PATIENT.toNanos());
            assertThat(socket.getInputStream().read()).isEqualTo('x');
        }
    }

    @Test
    void aWriteThatNobodyTakesEndsWithTheDeadlineToo() throws Exception {
        try (var server = new RawServer(_ -> Thread.sleep(PATIENT)); var socket = open(server)) {
            socket.until(System.nanoTime() + HASTY.toNanos());
            var out = socket.getOutputStream();
            assertThatThrownBy(() -> {
                while (true) {
                    out.write(new byte[100_000]);
                }
            }).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void aResetIsToldToTheReaderAndToWhoWatches() throws Exception {
        var reset = new CountDownLatch(1);
        var told = new AtomicInteger();
        try (var server = new RawServer(connection -> {
            reset.await();
            connection.reset();
        }); var socket = open(server)) {
            socket.whenOver(told::incrementAndGet);
            reset.countDown();

            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketException.class)
                    .hasMessage("Connection reset");
            await().untilAsserted(() -> assertThat(told).hasValue(1));
        }
    }

    @Test
    void aWriteAfterAResetIsThatOfASocket() throws Exception {
        var reset = new CountDownLatch(1);
        try (var server = new RawServer(connection -> {
            reset.await();
            connection.reset();
        }); var socket = open(server)) {
            reset.countDown();
            await().until(socket::isOver);
            var out = socket.getOutputStream();
            assertThatThrownBy(() -> {
                while (true) {
                    out.write(1);
                }
            }).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void whoComputesIsToldBeforeTheFirstWait() throws Exception {
        var told = new AtomicInteger();
        try (var server = RawServer.answering(200, "{}"); var socket = open(server)) {
            socket.beforeWaiting(told::incrementAndGet);
            socket.getOutputStream().write("GET / HTTP/1.1\r\n".getBytes(UTF_8));
            assertThat(told).hasValue(0);
            socket.until(System.nanoTime() + HASTY.toNanos());
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            assertThat(told).hasValue(1);
        }
    }

    @Test
    void closingItOurselvesIsNotTold() throws Exception {
        var told = new AtomicInteger();
        var ended = new CountDownLatch(1);
        try (var server = new RawServer(connection -> {
            assertThat(connection.readRequest()).isFalse();
            ended.countDown();
        })) {
            var socket = open(server);
            socket.whenOver(told::incrementAndGet);

            socket.close();
            socket.close();

            ended.await();
            assertThat(told).hasValue(0);
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(IOException.class);
        }
    }

    @Test
    void whoReadsWhatHeClosedIsToldSoThoughTheWatchSawItsEnd() throws Exception {
        try (var server = new RawServer(_ -> Thread.sleep(PATIENT)); var selector = Selector.open()) {
            var socket = open(server);
            socket.close();
            socket.takeIn(anyKey(selector), ByteBuffer.allocate(1));

            assertThat(socket.isOver()).isTrue();
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketException.class)
                    .hasMessage("closed");
        }
    }

    @Test
    void anInterruptedReaderStopsWaiting() throws Exception {
        try (var server = new RawServer(_ -> Thread.sleep(PATIENT)); var socket = open(server)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(InterruptedIOException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    /** Of a channel of its own, to be cancelled. */
    private static SelectionKey anyKey(Selector selector) throws IOException {
        var channel = SocketChannel.open();
        channel.configureBlocking(false);
        return channel.register(selector, 0);
    }

    private static WatchedSocket open(RawServer server) throws IOException {
        return WatchedSocket.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()),
                System.nanoTime() + PATIENT.toNanos());
    }
}
