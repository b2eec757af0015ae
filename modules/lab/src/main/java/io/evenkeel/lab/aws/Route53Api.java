package io.evenkeel.lab.aws;

import io.evenkeel.lab.aws.HostedZones.HostedZone;
import java.util.List;

/** Route 53, version 2013-04-01 (REST-XML). */
final class Route53Api implements ServiceApi {
    private static final int MAX_ITEMS = 300;
    private static final int DEFAULT_ITEMS = 100;

    private final Route53State state;
    private final HostedZones zones;
    private final HealthChecks checks;

    Route53Api(Route53State state) {
        this.state = state;
        this.zones = state.hostedZones();
        this.checks = state.healthChecks();
    }

    @Override
    public AwsResponse handle(AwsRequest request) {
        var id = Route53Routes.id(request);
        return switch (request.action()) {
            case "CreateHostedZone" -> createZone(request);
            case "ListHostedZones" -> listZones(request);
            case "ListHostedZonesByName" -> listZonesByName(request);
            case "GetHostedZone" -> {
                var zone = zones.get(id);
                yield AwsResponse.rest(200, request, out -> {
                    Route53Xml.zone(out, zone);
                    Route53Xml.delegation(out);
                });
            }
            case "ListResourceRecordSets" -> listRecords(request, id);
            case "ChangeResourceRecordSets" -> changeRecords(request, id);
            case "GetChange" -> {
                var change = zones.change(id);
                yield AwsResponse.rest(200, request, out -> Route53Xml.changeInfo(out, change));
            }
            case "CreateHealthCheck" -> createCheck(request);
            case "GetHealthCheck" -> checkAnswer(request, 200, checks.get(id));
            case "ListHealthChecks" -> listChecks(request);
            case "UpdateHealthCheck" -> {
                var updated = checks.update(id, XmlNode.parse(request.body()));
                state.changed();
                yield checkAnswer(request, 200, updated);
            }
            case "DeleteHealthCheck" -> {
                checks.delete(id);
                state.changed();
                yield AwsResponse.rest(200, request, _ -> {
                });
            }
            case "GetHealthCheckStatus" -> {
                var check = checks.get(id);
                boolean healthy = checks.healthy(id);
                yield AwsResponse.rest(200, request,
                        out -> out.list("HealthCheckObservations", "HealthCheckObservation", List.of(check),
                                (entry, observed) -> Route53Xml.observation(entry, observed, healthy)));
            }
            default -> throw ServiceApi.unknown(request);
        };
    }

    private AwsResponse createZone(AwsRequest request) {
        var xml = XmlNode.parse(request.body());
        var created = zones.create(xml.childText("Name").orElse(""), xml.childText("CallerReference").orElse(""),
                xml.child("HostedZoneConfig").flatMap(config -> config.childText("Comment")).orElse(""));
        return AwsResponse.rest(201, request, out -> {
            Route53Xml.zone(out, created.zone());
            Route53Xml.changeInfo(out, created.change());
            Route53Xml.delegation(out);
        }).withLocation("/2013-04-01/hostedzone/" + created.zone().id());
    }

    private AwsResponse listZones(AwsRequest request) {
        int size = maxItems(request, DEFAULT_ITEMS);
        var page = Page.of(zones.list(), request.parameter("marker"), size);
        return AwsResponse.rest(200, request,
                out -> out.list("HostedZones", "HostedZone", page.items(), Route53Xml::zoneBody)
                        .text("Marker", request.parameter("marker").orElse(""))
                        .text("IsTruncated", page.nextToken().isPresent())
                        .textIfPresent("NextMarker", page.nextToken().orElse(null)).text("MaxItems", size));
    }

    private AwsResponse listZonesByName(AwsRequest request) {
        int size = maxItems(request, DEFAULT_ITEMS);
        var from = request.parameter("dnsname").map(DnsNames::absolute);
        var fromId = request.parameter("hostedzoneid").orElse("");
        var rest = zones.listByName().stream()
                .filter(zone -> from.map(name -> startsAt(zone, name, fromId)).orElse(true)).toList();
        var items = rest.stream().limit(size).toList();
        var next = rest.stream().skip(size).findFirst();
        return AwsResponse.rest(200, request,
                out -> out.list("HostedZones", "HostedZone", items, Route53Xml::zoneBody)
                        .textIfPresent("DNSName", from.orElse(null)).text("IsTruncated", next.isPresent())
                        .textIfPresent("NextDNSName", next.map(HostedZone::name).orElse(null))
                        .textIfPresent("NextHostedZoneId", next.map(HostedZone::id).orElse(null))
                        .text("MaxItems", size));
    }

    private static boolean startsAt(HostedZone zone, String name, String id) {
        int order = DnsNames.reversed(zone.name()).compareTo(DnsNames.reversed(name));
        return order > 0 || (order == 0 && zone.id().compareTo(id) >= 0);
    }

    private AwsResponse listRecords(AwsRequest request, String zoneId) {
        int size = maxItems(request, MAX_ITEMS);
        var records = zones.get(zoneId).records();
        var from = request.parameter("name").map(DnsNames::absolute);
        if (from.isEmpty() && request.parameter("type").isPresent()) {
            throw Route53Xml.invalid("StartRecordType needs StartRecordName.");
        }
        var rest = List.copyOf(from
                .map(name -> records.tailMap(new ResourceRecordSet.RecordKey(name, request.parameter("type").orElse(""),
                        request.parameter("identifier").orElse(""))))
                .orElse(records).values());
        var next = rest.stream().skip(size).findFirst();
        return AwsResponse.rest(200, request,
                out -> out
                        .list("ResourceRecordSets", "ResourceRecordSet", rest.stream().limit(size).toList(),
                                Route53Xml::recordSet)
                        .text("IsTruncated", next.isPresent())
                        .textIfPresent("NextRecordName", next.map(ResourceRecordSet::name).orElse(null))
                        .textIfPresent("NextRecordType", next.map(ResourceRecordSet::type).orElse(null))
                        .textIfPresent("NextRecordIdentifier",
                                next.flatMap(ResourceRecordSet::setIdentifier).orElse(null))
                        .text("MaxItems", size));
    }

    private AwsResponse changeRecords(AwsRequest request, String zoneId) {
        var batch = Route53Xml.changes(XmlNode.parse(request.body()));
        zones.get(zoneId);
        for (var change : batch) {
            if (change.action() != RecordChange.Action.DELETE) {
                change.records().healthCheckId().ifPresent(checks::get);
            }
        }
        var change = zones.apply(zoneId, batch);
        return AwsResponse.rest(200, request, out -> Route53Xml.changeInfo(out, change));
    }

    private AwsResponse createCheck(AwsRequest request) {
        var xml = XmlNode.parse(request.body());
        var config = HealthCheckConfig.parse(xml.child("HealthCheckConfig")
                .orElseThrow(() -> Route53Xml.invalid("HealthCheckConfig is required.")));
        var created = checks.create(xml.childText("CallerReference").orElse(""), config);
        if (created.isNew()) {
            state.watch(created.check());
            state.changed();
        }
        return checkAnswer(request, 201, created.check())
                .withLocation("/2013-04-01/healthcheck/" + created.check().id());
    }

    private AwsResponse listChecks(AwsRequest request) {
        int size = maxItems(request, DEFAULT_ITEMS);
        var page = Page.of(checks.list(), request.parameter("marker"), size);
        return AwsResponse.rest(200, request,
                out -> out.list("HealthChecks", "HealthCheck", page.items(), Route53Xml::healthCheck)
                        .text("Marker", request.parameter("marker").orElse(""))
                        .text("IsTruncated", page.nextToken().isPresent())
                        .textIfPresent("NextMarker", page.nextToken().orElse(null)).text("MaxItems", size));
    }

    private static AwsResponse checkAnswer(AwsRequest request, int status, HealthCheck check) {
        return AwsResponse.rest(status, request,
                out -> out.element("HealthCheck", element -> Route53Xml.healthCheck(element, check)));
    }

    private static int maxItems(AwsRequest request, int fallback) {
        int size = request.integer("maxitems", fallback);
        if (size < 1) {
            throw Route53Xml.invalid("MaxItems must be at least 1, was " + size + ".");
        }
        return Math.min(size, MAX_ITEMS);
    }
}
