package io.evenkeel.lab.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FreePortsTest {

    @Test
    void portCanBeBoundOnEveryAddressAtOnce() throws IOException {
        var port = FreePorts.find(List.of("127.0.0.1", "127.0.33.1"));
        try (var first = new ServerSocket(); var second = new ServerSocket()) {
            first.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
            second.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.33.1"), port));
            assertThat(first.isBound() && second.isBound()).isTrue();
        }
    }

    @Test
    void portIsBelowThoseThatTheKernelHandsOut() {
        assertThat(FreePorts.find()).isBetween(15_000, 32_000);
    }

    @Test
    void addressOfAnotherMachineIsNamed() {
        // RFC 5737: nobody's address.
        assertThatThrownBy(() -> FreePorts.find(List.of("192.0.2.1"))).isInstanceOf(LabException.class)
                .hasMessageContaining("192.0.2.1");
    }
}
