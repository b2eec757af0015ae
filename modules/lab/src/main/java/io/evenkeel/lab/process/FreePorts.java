package io.evenkeel.lab.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Finds TCP ports for servers that must know their port before they start. */
public final class FreePorts {

    /**
     * Below 32768, where Linux begins to hand out ports to outgoing connections (ip_local_port_range, kernel
     * documentation): a port found there isn't taken by the next connection before its server binds it.
     */
    private static final int LOWEST = 15_000;

    private static final int BOUND = 32_000;
    private static final int TRIES = 500;

    private FreePorts() {}

    /** A port that was free on 127.0.0.1 a moment ago. */
    public static int find() {
        return find(List.of("127.0.0.1"));
    }

    /**
     * A port that was free on each of these addresses a moment ago.
     *
     * @param hosts loopback addresses such as 127.0.10.1; at least one
     * @throws LabException if there is none, or this machine hasn't one of the addresses
     */
    public static int find(List<String> hosts) {
        if (hosts.isEmpty()) {
            throw new IllegalArgumentException("hosts must hold at least one address");
        }
        for (var attempt = 0; attempt < TRIES; attempt++) {
            var port = ThreadLocalRandom.current().nextInt(LOWEST, BOUND);
            if (hosts.stream().allMatch(host -> isFree(host, port))) {
                return port;
            }
        }
        throw new LabException("no TCP port between " + LOWEST + " and " + BOUND + " is free on all of " + hosts
                + "; are these addresses up on this machine's loopback interface?");
    }

    private static boolean isFree(String host, int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral(host), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
