package io.evenkeel.lab.dns;

import io.evenkeel.lab.aws.PublishedZones;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;

/**
 * An authoritative name server on 127.0.0.1, over UDP and TCP on one port. Each answer is made from the zones as they are at that
 * moment: nothing is cached here.
 */
public final class DnsServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DnsServer.class);
    private static final int MAX_UDP_QUERY = 4096;
    private static final int PLAIN_UDP_ANSWER = 512;
    private static final int TCP_IDLE_MILLIS = 10_000;
    private static final int BIND_TRIES = 20;

    private final ZoneAnswers answers;
    private final DatagramSocket udp;
    private final ServerSocket tcp;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private DnsServer(PublishedZones zones, DatagramSocket udp, ServerSocket tcp) {
        this.answers = new ZoneAnswers(zones);
        this.udp = udp;
        this.tcp = tcp;
    }

    /**
     * Binds and begins to answer.
     *
     * @param port 0 takes one that is free for both UDP and TCP
     * @throws UncheckedIOException if the port is taken
     */
    public static DnsServer start(PublishedZones zones, int port) {
        try {
            var server = bind(zones, port, BIND_TRIES);
            server.threads.execute(server::serveUdp);
            server.threads.execute(server::serveTcp);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("dns port " + port + " can not be bound on 127.0.0.1", e);
        }
    }

    private static DnsServer bind(PublishedZones zones, int port, int tries) throws IOException {
        var loopback = InetAddress.ofLiteral("127.0.0.1");
        var tcp = new ServerSocket(port, 50, loopback);
        try {
            var udp = new DatagramSocket(new InetSocketAddress(loopback, tcp.getLocalPort()));
            return new DnsServer(zones, udp, tcp);
        } catch (BindException e) {
            tcp.close();
            if (port != 0 || tries == 0) {
                throw e;
            }
            return bind(zones, port, tries - 1);
        }
    }

    /** Where to send queries. */
    public InetSocketAddress address() {
        return new InetSocketAddress(tcp.getInetAddress(), tcp.getLocalPort());
    }

    @Override
    public void close() {
        udp.close();
        try {
            tcp.close();
        } catch (IOException e) {
            LOG.atDebug().addKeyValue("error", e.toString()).log("dns tcp socket did not close");
        }
        threads.shutdownNow();
    }

    private void serveUdp() {
        var buffer = new byte[MAX_UDP_QUERY];
        while (!udp.isClosed()) {
            try {
                var packet = new DatagramPacket(buffer, buffer.length);
                udp.receive(packet);
                var bytes = Arrays.copyOf(packet.getData(), packet.getLength());
                var answer = answer(bytes, true);
                udp.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            } catch (IOException e) {
                if (!udp.isClosed()) {
                    LOG.atWarn().addKeyValue("error", e.toString()).log("dns query could not be answered");
                }
            }
        }
    }

    private void serveTcp() {
        while (!tcp.isClosed()) {
            try {
                var socket = tcp.accept();
                threads.execute(() -> converse(socket));
            } catch (IOException e) {
                if (!tcp.isClosed()) {
                    LOG.atWarn().addKeyValue("error", e.toString()).log("dns connection could not be accepted");
                }
            }
        }
    }

    private void converse(Socket connection) {
        try (var socket = connection) {
            socket.setSoTimeout(TCP_IDLE_MILLIS);
            var in = new DataInputStream(socket.getInputStream());
            var out = new DataOutputStream(socket.getOutputStream());
            while (true) {
                var query = in.readNBytes(in.readUnsignedShort());
                var answer = answer(query, false);
                out.writeShort(answer.length);
                out.write(answer);
            }
        } catch (IOException e) {
            // The client hung up or fell silent, which is how such a conversation ends.
            LOG.atTrace().addKeyValue("error", e.toString()).log("dns connection ended");
        }
    }

    private byte[] answer(byte[] bytes, boolean overUdp) {
        int id = bytes.length < 2 ? 0 : ((bytes[0] & 0xff) << 8) | (bytes[1] & 0xff);
        Message query;
        try {
            query = new Message(bytes);
        } catch (IOException | RuntimeException e) {
            return ZoneAnswers.failure(id, Rcode.FORMERR).toWire();
        }
        try {
            var response = answers.answer(query);
            var edns = query.getOPT();
            int limit = edns == null ? PLAIN_UDP_ANSWER : Math.max(PLAIN_UDP_ANSWER, edns.getPayloadSize());
            return overUdp ? response.toWire(limit) : response.toWire(Message.MAXLENGTH);
        } catch (IOException | RuntimeException e) {
            LOG.atWarn().addKeyValue("error", e.toString()).log("dns answer could not be made");
            return ZoneAnswers.failure(id, Rcode.SERVFAIL).toWire();
        }
    }
}
