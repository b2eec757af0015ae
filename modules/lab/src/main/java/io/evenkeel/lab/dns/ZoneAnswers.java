package io.evenkeel.lab.dns;

import io.evenkeel.lab.aws.FailoverRouting;
import io.evenkeel.lab.aws.PublishedZone;
import io.evenkeel.lab.aws.PublishedZones;
import io.evenkeel.lab.aws.ResourceRecordSet;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** The authoritative answer to one query, from the zones as they are at that moment. */
final class ZoneAnswers {
    private static final int MAX_CNAMES = 8;

    private final PublishedZones zones;

    ZoneAnswers(PublishedZones zones) {
        this.zones = zones;
    }

    Message answer(Message query) throws IOException {
        var response = new Message(query.getHeader().getID());
        response.getHeader().setFlag(Flags.QR);
        if (query.getHeader().getFlag(Flags.RD)) {
            response.getHeader().setFlag(Flags.RD);
        }
        var question = query.getQuestion();
        if (query.getHeader().getOpcode() != Opcode.QUERY || question == null || question.getDClass() != DClass.IN) {
            response.getHeader().setRcode(Rcode.NOTIMP);
            return response;
        }
        response.addRecord(question, Section.QUESTION);
        var name = question.getName().toString().toLowerCase(Locale.ROOT);
        var zone = zoneOf(name);
        if (zone.isEmpty()) {
            response.getHeader().setRcode(Rcode.REFUSED);
            return response;
        }
        response.getHeader().setFlag(Flags.AA);
        follow(response, zone.get(), name, question.getType());
        return response;
    }

    private void follow(Message response, PublishedZone start, String startName, int type) throws IOException {
        var zone = start;
        var name = startName;
        for (int hop = 0; hop < MAX_CNAMES; hop++) {
            var here = at(zone, name);
            var found = choose(here, Type.string(type));
            if (found.isPresent()) {
                add(response, found.get(), Section.ANSWER);
                return;
            }
            var alias = choose(here, "CNAME");
            if (alias.isEmpty()) {
                refuse(response, zone, here.isEmpty() && !hasBelow(zone, name));
                return;
            }
            add(response, alias.get(), Section.ANSWER);
            name = alias.get().values().getFirst().toLowerCase(Locale.ROOT);
            name = name.endsWith(".") ? name : name + ".";
            var next = zoneOf(name);
            if (next.isEmpty()) {
                return;
            }
            zone = next.get();
        }
    }

    private Optional<PublishedZone> zoneOf(String name) {
        return zones.zones().stream().filter(zone -> name.equals(zone.name()) || name.endsWith("." + zone.name()))
                .max(Comparator.comparingInt(zone -> zone.name().length()));
    }

    private static List<ResourceRecordSet> at(PublishedZone zone, String name) {
        return zone.records().stream().filter(records -> records.name().equals(name)).toList();
    }

    /** A name between the zone and a record exists, even without records of its own. */
    private static boolean hasBelow(PublishedZone zone, String name) {
        return zone.records().stream().anyMatch(records -> records.name().endsWith("." + name));
    }

    private Optional<ResourceRecordSet> choose(List<ResourceRecordSet> here, String type) {
        return FailoverRouting.choose(here.stream().filter(records -> records.type().equals(type)).toList(),
                zones::healthy);
    }

    private static void refuse(Message response, PublishedZone zone, boolean nameMissing) throws IOException {
        if (nameMissing) {
            response.getHeader().setRcode(Rcode.NXDOMAIN);
        }
        for (var records : at(zone, zone.name())) {
            if (records.type().equals("SOA")) {
                add(response, records, Section.AUTHORITY);
            }
        }
    }

    private static void add(Message response, ResourceRecordSet records, int section) throws IOException {
        for (var value : records.values()) {
            response.addRecord(Record.fromString(Name.fromString(records.name()), Type.value(records.type()), DClass.IN,
                    records.ttl(), value, Name.root), section);
        }
    }

    /** The answer to what could not be read or answered. */
    static Message failure(int id, int rcode) {
        var header = new Header(id);
        header.setFlag(Flags.QR);
        header.setRcode(rcode);
        var response = new Message();
        response.setHeader(header);
        return response;
    }
}
