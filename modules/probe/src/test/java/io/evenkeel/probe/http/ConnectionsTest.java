package io.evenkeel.probe.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.probe.testing.FakeElasticsearch;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.junit.jupiter.api.Test;

final class ConnectionsTest {

    @Test
    void anErrorInOneRequestLeavesThePoolToTheOthers() throws IOException {
        var once = new AtomicBoolean(true);
        try (var node = new FakeElasticsearch();
                var connections = Connections.open(TlsTrust.strategy(Access.OPEN), 1, () -> {
                    if (once.getAndSet(false)) {
                        throw new StackOverflowError("once");
                    }
                    return true;
                })) {
            assertThatThrownBy(() -> ask(connections, node)).isInstanceOf(StackOverflowError.class);

            assertThat(ask(connections, node)).isEqualTo(200);
        }
    }

    @Test
    void onceClosedItAsksNobody() throws IOException {
        try (var node = new FakeElasticsearch()) {
            var connections = Connections.open(TlsTrust.strategy(Access.OPEN), 1, () -> true);
            connections.close();

            assertThatThrownBy(() -> ask(connections, node)).isInstanceOf(IllegalStateException.class);
        }
    }

    private static int ask(Connections connections, FakeElasticsearch node) throws IOException {
        return connections.execute(new HttpGet(node.url() + "/_cluster/health"), response -> response.getCode());
    }
}
