package io.evenkeel.lab.dns;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** Asks the lab's name server over UDP, every time anew: no cache, so what it gives is what the zone says now. */
public final class LabResolver {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final SimpleResolver resolver;

    public LabResolver(InetSocketAddress server) {
        this.resolver = new SimpleResolver(server);
        resolver.setTimeout(TIMEOUT);
    }

    /**
     * The IPv4 addresses of a name, CNAMEs followed; empty if the name or such a record does not exist.
     *
     * @throws UncheckedIOException if the server did not answer within 2 s
     */
    public List<InetAddress> resolve(String name) {
        var addresses = new ArrayList<InetAddress>();
        for (var record : query(name, Type.A).getSection(Section.ANSWER)) {
            if (record instanceof ARecord address) {
                addresses.add(address.getAddress());
            }
        }
        return addresses;
    }

    /** The whole answer to a query of one type, for those who want the code, the TTL or the authority. */
    public Message query(String name, int type) {
        try {
            return resolver.send(Message.newQuery(Record.newRecord(Name.fromString(name, Name.root), type, DClass.IN)));
        } catch (TextParseException e) {
            throw new IllegalArgumentException("no domain name: " + name, e);
        } catch (IOException e) {
            throw new UncheckedIOException("no answer for " + name + " from " + resolver.getAddress(), e);
        }
    }
}
