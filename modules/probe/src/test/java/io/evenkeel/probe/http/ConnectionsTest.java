package io.evenkeel.probe.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.evenkeel.probe.testing.RawServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ConnectionsTest {

    private static final Duration PATIENT = Duration.ofSeconds(5);

    private final RawServer server = RawServer.answering(200, "{}");
    private final AtomicLong now = new AtomicLong();

    @AfterEach
    void close() throws Exception {
        server.close();
    }

    private Connections keeping(int perTarget) {
        return new Connections(perTarget, () -> true, now::get);
    }

    @Test
    void whatIsGivenBackIsTakenAgainTheLastOneFirst() throws Exception {
        var connections = keeping(2);
        var first = used();
        var second = used();
        connections.give("a", first);
        connections.give("a", second);
        assertThat(connections.take("b")).isEmpty();
        assertThat(connections.take("a")).containsSame(second);
        assertThat(connections.take("a")).containsSame(first);
        assertThat(connections.take("a")).isEmpty();
    }

    @Test
    void noMoreAreKeptThanAreUsed() throws Exception {
        var connections = keeping(1);
        connections.give("a", used());
        connections.give("a", used());
        assertThat(connections.size()).isEqualTo(1);
    }

    @Test
    void oneThatFailedIsNotKept() throws Exception {
        var connections = keeping(1);
        connections.give("a", fresh());
        assertThat(connections.size()).isZero();
    }

    @Test
    void whereFilesAreShortNoneIsKept() throws Exception {
        var connections = new Connections(1, () -> false, now::get);
        connections.give("a", used());
        assertThat(connections.size()).isZero();
    }

    @Test
    void thoseOfTargetsThatAreGoneAreClosedInTheEnd() throws Exception {
        var connections = keeping(1);
        connections.give("gone", used());
        now.set(Duration.ofHours(1).toNanos());
        connections.give("other", used());
        assertThat(connections.size()).isEqualTo(2);
        now.set(Duration.ofHours(2).toNanos());
        connections.take("other");
        connections.give("other", used());
        assertThat(connections.size()).isEqualTo(1);
        assertThat(connections.take("gone")).isEmpty();
    }

    @Test
    void onceClosedItAsksNobody() throws Exception {
        var connections = keeping(1);
        var late = used();
        connections.close();
        connections.give("a", late);
        assertThat(connections.size()).isZero();
        assertThatThrownBy(() -> connections.take("a")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whoeverWatchesIsToldOfOneThatIsDroppedWhileItWaits() throws Exception {
        var connections = keeping(1);
        var told = new AtomicInteger();
        connections.watch("a", told::incrementAndGet);
        keep(connections, "a");
        keep(connections, "b");

        server.die();

        await().untilAsserted(() -> assertThat(connections.size()).isZero());
        await().untilAsserted(() -> assertThat(told).hasValue(1));
    }

    @Test
    void oneThatWasDroppedBeforeItCameBackIsTold() throws Exception {
        var connections = keeping(1);
        var told = new AtomicInteger();
        connections.watch("a", told::incrementAndGet);
        var used = used();
        server.die();
        await().until(used::isOver);

        connections.give("a", used);

        assertThat(told).hasValue(1);
        assertThat(connections.size()).isZero();
    }

    @Test
    void oneThatIsBeingAskedOverIsNotTold() throws Exception {
        var connections = keeping(1);
        var told = new AtomicInteger();
        connections.watch("a", told::incrementAndGet);
        keep(connections, "a");
        var taken = connections.take("a").orElseThrow();

        server.die();

        await().until(taken::isOver);
        await().during(Duration.ofMillis(100)).untilAsserted(() -> assertThat(told).hasValue(0));
    }

    @Test
    void whoeverWatchesNoMoreIsNotToldAndWhatWaitsIsClosed() throws Exception {
        var connections = keeping(1);
        var told = new AtomicInteger();
        Runnable listener = told::incrementAndGet;
        Runnable next = told::incrementAndGet;
        connections.watch("a", listener);
        connections.watch("a", next);
        keep(connections, "a");

        connections.unwatch("a", listener);
        assertThat(connections.size()).isEqualTo(1);
        connections.unwatch("a", next);

        assertThat(connections.size()).isZero();
        assertThat(told).hasValue(0);
    }

    private void keep(Connections connections, String target) throws Exception {
        var used = used();
        used.whenOver(() -> connections.ended(target, used));
        connections.give(target, used);
    }

    private Connection fresh() throws Exception {
        var socket = WatchedSocket.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()),
                System.nanoTime() + PATIENT.toNanos());
        return new Connection(socket, socket);
    }

    private Connection used() throws Exception {
        var connection = fresh();
        var request = new BasicClassicHttpRequest("GET", "/");
        request.setHeader("Host", "here");
        connection.ask(request, System.nanoTime() + PATIENT.toNanos());
        return connection;
    }
}
