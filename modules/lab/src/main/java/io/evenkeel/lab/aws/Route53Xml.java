package io.evenkeel.lab.aws;

import io.evenkeel.lab.aws.ResourceRecordSet.Role;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Route 53's structures, from XML and to XML. */
final class Route53Xml {
    private static final Set<String> TYPES = Set.of("A", "AAAA", "CNAME", "TXT", "NS", "SOA");
    private static final List<String> OTHER_ROUTING = List.of("Weight", "Region", "GeoLocation", "MultiValueAnswer",
            "AliasTarget", "CidrRoutingConfig", "GeoProximityLocation", "TrafficPolicyInstanceId");

    private Route53Xml() {}

    static List<RecordChange> changes(XmlNode request) {
        var changes = request.child("ChangeBatch").flatMap(batch -> batch.child("Changes"))
                .map(XmlNode::children).orElse(List.of());
        if (changes.isEmpty()) {
            throw invalid("ChangeBatch.Changes must have at least one element.");
        }
        return changes.stream().map(Route53Xml::change).toList();
    }

    private static RecordChange change(XmlNode xml) {
        var name = xml.childText("Action").orElse("");
        if (!Set.of("CREATE", "DELETE", "UPSERT").contains(name)) {
            throw invalid("Action must be CREATE, DELETE or UPSERT, was '" + name + "'.");
        }
        var records = xml.child("ResourceRecordSet").orElseThrow(() -> invalid("ResourceRecordSet is required."));
        return new RecordChange(RecordChange.Action.valueOf(name), records(records));
    }

    private static ResourceRecordSet records(XmlNode xml) {
        for (var other : OTHER_ROUTING) {
            if (xml.child(other).isPresent()) {
                throw invalid("The lab has simple and failover records, none with " + other + ".");
            }
        }
        var type = xml.childText("Type").orElse("");
        if (!TYPES.contains(type)) {
            throw invalid("The lab has records of types " + TYPES + ", not '" + type + "'.");
        }
        var values = xml.child("ResourceRecords").map(XmlNode::children).orElse(List.of()).stream()
                .map(record -> record.childText("Value").orElse("")).toList();
        var role = xml.childText("Failover").map(Route53Xml::role);
        var setIdentifier = xml.childText("SetIdentifier");
        if (role.isPresent() != setIdentifier.isPresent()) {
            throw invalid(role.isPresent()
                    ? "Missing field 'SetIdentifier' in Change"
                    : "SetIdentifier is for records with a routing policy.");
        }
        if (values.isEmpty() || xml.childText("TTL").isEmpty()) {
            throw invalid("Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords]].");
        }
        if (role.isEmpty() && xml.childText("HealthCheckId").isPresent()) {
            throw invalid("HealthCheckId is not for simple records.");
        }
        checkValues(type, values);
        return new ResourceRecordSet(DnsNames.absolute(xml.childText("Name").orElse("")), type, setIdentifier, role,
                ttl(xml.childText("TTL").orElse("")), values, xml.childText("HealthCheckId"));
    }

    private static void checkValues(String type, List<String> values) {
        for (var value : values) {
            if (type.equals("A") && !value.matches("((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.|$)){4}")) {
                throw new AwsFault(400, "InvalidChangeBatch",
                        "[Invalid Resource Record: 'FATAL problem: ARRDATAIllegalIPv4Address (Value is not a valid IPv4"
                                + " address) encountered with '" + value + "']");
            }
        }
        if (type.equals("CNAME") && values.size() > 1) {
            throw new AwsFault(400, "InvalidChangeBatch", "[CNAME resource record sets must have exactly one value]");
        }
    }

    private static Role role(String text) {
        if (!text.equals("PRIMARY") && !text.equals("SECONDARY")) {
            throw invalid("Failover must be PRIMARY or SECONDARY, was '" + text + "'.");
        }
        return Role.valueOf(text);
    }

    private static long ttl(String text) {
        if (!text.matches("\\d{1,10}") || Long.parseLong(text) > Integer.MAX_VALUE) {
            throw invalid("TTL must be 0 to 2147483647, was '" + text + "'.");
        }
        return Long.parseLong(text);
    }

    static void zone(XmlWriter out, HostedZones.HostedZone zone) {
        out.element("HostedZone", element -> zoneBody(element, zone));
    }

    static void zoneBody(XmlWriter out, HostedZones.HostedZone zone) {
        out.text("Id", "/hostedzone/" + zone.id()).text("Name", zone.name())
                .text("CallerReference", zone.callerReference())
                .element("Config", config -> config
                        .textIfPresent("Comment", zone.comment().isEmpty() ? null : zone.comment())
                        .text("PrivateZone", false))
                .text("ResourceRecordSetCount", zone.records().size());
    }

    static void delegation(XmlWriter out) {
        out.element("DelegationSet", set -> set.texts("NameServers", "NameServer",
                HostedZones.NAME_SERVERS.stream().map(name -> name.substring(0, name.length() - 1)).toList()));
    }

    static void changeInfo(XmlWriter out, HostedZones.Change change) {
        out.element("ChangeInfo",
                info -> info.text("Id", "/change/" + change.id()).text("Status", change.inSync() ? "INSYNC" : "PENDING")
                        .text("SubmittedAt", AutoScalingXml.millis(change.submitted())));
    }

    static void recordSet(XmlWriter out, ResourceRecordSet records) {
        out.text("Name", records.name()).text("Type", records.type())
                .textIfPresent("SetIdentifier", records.setIdentifier().orElse(null))
                .textIfPresent("Failover", records.role().map(Role::name).orElse(null))
                .text("TTL", records.ttl())
                .list("ResourceRecords", "ResourceRecord", records.values(),
                        (entry, value) -> entry.text("Value", value))
                .textIfPresent("HealthCheckId", records.healthCheckId().orElse(null));
    }

    static void healthCheck(XmlWriter out, HealthCheck check) {
        out.text("Id", check.id()).text("CallerReference", check.callerReference())
                .element("HealthCheckConfig", element -> config(element, check.config()))
                .text("HealthCheckVersion", check.version());
    }

    private static void config(XmlWriter out, HealthCheckConfig config) {
        out.textIfPresent("IPAddress", orNull(config.ipAddress())).textIfPresent("Port", orNull(config.port()))
                .text("Type", config.type()).textIfPresent("ResourcePath", orNull(config.resourcePath()))
                .textIfPresent("FullyQualifiedDomainName", orNull(config.domainName()))
                .textIfPresent("SearchString", orNull(config.searchString()));
        if (config.type().probes()) {
            out.text("RequestInterval", config.requestIntervalSeconds())
                    .text("FailureThreshold", config.failureThreshold())
                    .text("MeasureLatency", config.measureLatency());
        }
        out.text("Inverted", config.inverted()).text("Disabled", config.disabled());
        if (!config.type().probes()) {
            out.text("HealthThreshold", config.healthThreshold()).texts("ChildHealthChecks", "ChildHealthCheck",
                    config.children());
        }
        if (!config.regions().isEmpty()) {
            out.texts("Regions", "Region", config.regions());
        }
    }

    /**
     * One checker. Unlike AWS's, whose observations are each checker's own, its status begins with what the check as a whole says, so
     * that a person sees an inverted or calculated check turn.
     */
    static void observation(XmlWriter out, HealthCheck check, boolean healthy) {
        var config = check.config();
        var detail = config.type().probes() && !config.disabled()
                ? check.lastSeen().replaceFirst("^(Success|Failure): ", "")
                : config.type().name().toLowerCase(Locale.ROOT) + (config.disabled() ? ", disabled" : "");
        out.text("Region", "us-east-1").text("IPAddress", "127.0.0.1").element("StatusReport",
                report -> report
                        .text("Status", (healthy ? "Success: " : "Failure: ") + (config.inverted() ? "inverted, " : "")
                                + detail)
                        .text("CheckedTime", AutoScalingXml.millis(check.lastChecked())));
    }

    private static <T> @Nullable T orNull(Optional<T> optional) {
        return optional.orElse(null);
    }

    static AwsFault invalid(String message) {
        return new AwsFault(400, "InvalidInput", "Invalid request: " + message);
    }
}
