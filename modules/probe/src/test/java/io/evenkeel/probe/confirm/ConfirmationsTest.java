package io.evenkeel.probe.confirm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.cluster.NodeTarget;
import io.evenkeel.core.cluster.NodeTarget.Phase;
import io.evenkeel.core.cluster.Vantage;
import io.evenkeel.core.health.FailureReason;
import io.evenkeel.core.health.ProbeResult.Outcome;
import io.evenkeel.probe.http.Access;
import io.evenkeel.probe.http.ProbeHttp;
import io.evenkeel.probe.node.NodeProbe;
import io.evenkeel.probe.testing.RawServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ConfirmationsTest {

    private static final String ANSWER = "{\"cluster_name\":\"search\",\"nodes\":{\"x\":{\"name\":\"n1\"}}}";
    private static final Duration TIMEOUT = Duration.ofMillis(500);
    /** So long that the next scheduled probe never comes. */
    private static final Duration INTERVAL = Duration.ofMinutes(10);

    private final ProbeHttp http = new ProbeHttp(Access.OPEN, 1);
    private final NodeProbe scheduled = new NodeProbe(http);
    private final NodeProbe again = new NodeProbe(http.anew());
    private final Confirmations confirmations = new Confirmations(http);
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    /** Connections that have answered and wait. */
    private final Set<RawServer.Connection> idle = ConcurrentHashMap.newKeySet();
    private String url = "";

    /** A re-probe: what it saw, and when it began. */
    private record Seen(Outcome outcome, long nanos) {}

    @AfterEach
    void close() {
        confirmations.close();
        http.close();
    }

    @Test
    void aKilledServerIsSeenAtOnceAndConfirmedThreeTimesWithinHalfASecond() throws IOException {
        try (var server = server()) {
            var target = kept(server);

            server.die();

            await().untilAsserted(() -> assertThat(reasons()).hasSize(3).containsOnly(FailureReason.CONNECT_REFUSED));
            assertThat(seen.get(1).nanos() - seen.get(0).nanos()).isGreaterThan(millis(200));
            assertThat(seen.get(2).nanos() - seen.get(0).nanos()).isGreaterThan(millis(450));
            confirmations.scheduled(target, failure(FailureReason.CONNECT_REFUSED));
            assertNothingMoreThan(3);
        }
    }

    @Test
    void aFirstRefusalIsConfirmedOnceInASpell() throws IOException {
        try (var server = server()) {
            var target = put(server.url());
            server.die();

            confirmations.scheduled(target, failure(FailureReason.CONNECT_REFUSED));
            await().untilAsserted(() -> assertThat(reasons()).hasSize(3));
            confirmations.scheduled(target, failure(FailureReason.CONNECT_REFUSED));
            assertNothingMoreThan(3);

            confirmations.scheduled(target, new Outcome.Success());
            confirmations.scheduled(target, failure(FailureReason.CONNECT_REFUSED));
            await().untilAsserted(() -> assertThat(reasons()).hasSize(6));
        }
    }

    @Test
    void theResetOfOneConnectionIsNoFailureAndTheNextConnectionIsKept() throws IOException {
        try (var server = server()) {
            kept(server);
            var first = idle.iterator().next();

            first.reset();

            await().untilAsserted(() -> assertThat(idle).hasSize(1).doesNotContain(first));
            assertThat(seen).extracting(Seen::outcome).containsExactly(new Outcome.Success());
            assertThat(http.kept()).isEqualTo(1);
        }
    }

    @Test
    void aKillAfterTheResetOfOneConnectionIsStillSeenAtOnce() throws IOException {
        try (var server = server()) {
            kept(server);
            var first = idle.iterator().next();
            first.reset();
            await().untilAsserted(() -> assertThat(idle).hasSize(1).doesNotContain(first));

            server.die();

            await().untilAsserted(() -> assertThat(reasons()).hasSize(3).containsOnly(FailureReason.CONNECT_REFUSED));
        }
    }

    @Test
    void aServerThatEndsIdleConnectionsIsLookedIntoThreeTimesAndThenLeftAlone() throws IOException {
        try (var server = new RawServer(connection -> {
            while (connection.readRequest()) {
                connection.respond(200, ANSWER);
                Thread.ofVirtual().start(() -> {
                    try {
                        Thread.sleep(50);
                        connection.end();
                    } catch (IOException | InterruptedException _) {
                        // It has ended before.
                    }
                });
            }
        })) {
            var target = put(server.url());
            for (int i = 0; i < 10; i++) {
                probe(target);
                await().untilAsserted(() -> assertThat(http.kept()).isZero());
            }

            await().untilAsserted(() -> assertThat(seen).hasSize(3));
            probe(target);
            assertNothingMoreThan(3);
            assertThat(seen).extracting(Seen::outcome).containsOnly(new Outcome.Success());
        }
    }

    @Test
    void aConnectionThatTurnsOutDeadWhenItIsNeededIsLookedInto() throws IOException {
        try (var server = new RawServer(connection -> {
            if (connection.readRequest()) {
                connection.respond(200, ANSWER);
            }
            if (connection.readRequest()) {
                connection.reset();
            }
        })) {
            var target = put(server.url());
            probe(target);

            probe(target);

            await().untilAsserted(() -> assertThat(seen).hasSize(1));
            assertThat(seen.getFirst().outcome()).isEqualTo(new Outcome.Success());
        }
    }

    @Test
    void aFullBacklogIsNoRefusal() throws IOException {
        try (var deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var filled = new Filled(deaf)) {
            var target = put("http://127.0.0.1:" + deaf.getLocalPort());

            confirmations.scheduled(target, failure(FailureReason.CONNECT_TIMEOUT));

            await().atMost(Duration.ofSeconds(20)).untilAsserted(
                    () -> assertThat(reasons()).hasSize(3).containsOnly(FailureReason.CONNECT_TIMEOUT));
            assertThat(filled.count()).isPositive();
            assertThat(seen.get(2).nanos() - seen.get(0).nanos()).isGreaterThan(millis(1900));
        }
    }

    @Test
    void aServerThatFallsSilentKeepsItsConnectionAndIsNotLookedInto() throws IOException {
        try (var server = server()) {
            kept(server);

            assertNothingMoreThan(0);
            assertThat(http.kept()).isEqualTo(1);
        }
    }

    @Test
    void reprobesEndWithTheFirstHealthyOne() throws IOException {
        try (var server = server()) {
            var target = put(server.url());

            confirmations.scheduled(target, failure(FailureReason.RESET));

            await().untilAsserted(() -> assertThat(seen).hasSize(1));
            assertNothingMoreThan(1);
            assertThat(seen.getFirst().outcome()).isEqualTo(new Outcome.Success());
        }
    }

    @Test
    void eachReprobeHasAConnectionOfItsOwn() throws IOException {
        try (var server = RawServer.answering(500, "")) {
            var target = put(server.url());

            confirmations.scheduled(target, failure(FailureReason.RESET));

            await().untilAsserted(() -> assertThat(reasons()).hasSize(3).containsOnly(FailureReason.HTTP_STATUS));
            assertThat(server.connections()).isEqualTo(3);
        }
    }

    @Test
    void aTargetThatIsRemovedIsLetGo() throws IOException {
        try (var server = server()) {
            var target = kept(server);

            confirmations.remove(target.node().toString());

            await().untilAsserted(() -> assertThat(idle).isEmpty());
            assertThat(http.kept()).isZero();
            confirmations.scheduled(target, failure(FailureReason.RESET));
            assertNothingMoreThan(0);
        }
    }

    @Test
    void anotherIncarnationBeginsAnew() throws IOException {
        try (var server = server()) {
            var target = kept(server);
            var next = new NodeTarget(target.node(), "i-2", target.url(), "", target.roles(), "", target.vantages(),
                    Phase.EXPECTED);

            confirmations.put(next, INTERVAL, this::reprobe);

            await().untilAsserted(() -> assertThat(idle).isEmpty());
            confirmations.scheduled(target, failure(FailureReason.RESET));
            assertNothingMoreThan(0);
            probe(next);
            await().untilAsserted(() -> assertThat(idle).hasSize(1));
        }
    }

    private RawServer server() {
        return new RawServer(connection -> {
            try {
                while (connection.readRequest()) {
                    idle.remove(connection);
                    connection.respond(200, ANSWER);
                    idle.add(connection);
                }
            } finally {
                idle.remove(connection);
            }
        });
    }

    /** A scheduled probe, which is healthy. */
    private void probe(NodeTarget target) {
        var outcome = scheduled.probe(target.url(), "n1", "search", TIMEOUT);
        assertThat(outcome).isEqualTo(new Outcome.Success());
        confirmations.scheduled(target, outcome);
    }

    /** A target after its first healthy probe, with its connection open. */
    private NodeTarget kept(RawServer server) {
        var target = put(server.url());
        probe(target);
        await().untilAsserted(() -> assertThat(idle).hasSize(1));
        await().untilAsserted(() -> assertThat(http.kept()).isEqualTo(1));
        return target;
    }

    private NodeTarget put(String address) {
        var target = new NodeTarget(new NodeId(new ClusterId("search"), "n1"), "i-1", address, "",
                List.of("data"), "", List.of(new Vantage("a", "zone-a")), Phase.EXPECTED);
        url = address;
        confirmations.put(target, INTERVAL, this::reprobe);
        return target;
    }

    private Outcome reprobe() {
        long began = System.nanoTime();
        var outcome = again.probe(url, "n1", "search", TIMEOUT);
        seen.add(new Seen(outcome, began));
        return outcome;
    }

    private List<FailureReason> reasons() {
        return seen.stream().map(Seen::outcome).filter(Outcome.Failure.class::isInstance)
                .map(Outcome.Failure.class::cast).map(Outcome.Failure::reason).toList();
    }

    private void assertNothingMoreThan(int reprobes) {
        await().during(Duration.ofMillis(700)).untilAsserted(() -> assertThat(seen).hasSize(reprobes));
    }

    private static Outcome failure(FailureReason reason) {
        return new Outcome.Failure(reason, "as the test says");
    }

    private static long millis(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }

    /** Connections that nobody accepts, until no further one is let in. */
    private static final class Filled implements AutoCloseable {
        private final List<Socket> sockets = new ArrayList<>();

        Filled(ServerSocket deaf) throws IOException {
            while (fill(deaf.getLocalPort())) {
                assertThat(sockets.size()).isLessThan(100);
            }
        }

        int count() {
            return sockets.size();
        }

        private boolean fill(int port) throws IOException {
            var socket = new Socket();
            try {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 300);
                sockets.add(socket);
                return true;
            } catch (SocketTimeoutException _) {
                socket.close();
                return false;
            }
        }

        @Override
        public void close() throws IOException {
            for (var socket : sockets) {
                socket.close();
            }
        }
    }
}
