package io.evenkeel.lab.aws;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The settings of a Route 53 health check, defaults filled in.
 *
 * @param requestIntervalSeconds 10 or 30
 * @param failureThreshold 1 to 10, the same number both ways
 * @param healthThreshold CALCULATED: how many children must be healthy; 0 is always healthy
 */
record HealthCheckConfig(Type type, Optional<String> ipAddress, Optional<Integer> port, Optional<String> resourcePath,
        Optional<String> domainName, Optional<String> searchString, int requestIntervalSeconds, int failureThreshold,
        boolean measureLatency, boolean inverted, boolean disabled, int healthThreshold, List<String> children,
        List<String> regions) {

    /** Those that the lab evaluates. */
    enum Type {
        HTTP, HTTP_STR_MATCH, TCP, CALCULATED;

        boolean probes() {
            return this != CALCULATED;
        }
    }

    HealthCheckConfig {
        children = List.copyOf(children);
        regions = List.copyOf(regions);
    }

    /** @throws AwsFault InvalidInput for settings that Route 53 or the lab does not take */
    static HealthCheckConfig parse(XmlNode xml) {
        var typeName = xml.childText("Type").orElseThrow(() -> invalid("Type is required."));
        Type type;
        try {
            type = Type.valueOf(typeName);
        } catch (IllegalArgumentException e) {
            throw invalid("The lab has health checks of types " + List.of(Type.values()) + ", not " + typeName + ".");
        }
        return new HealthCheckConfig(type, xml.childText("IPAddress"), integer(xml, "Port"),
                xml.childText("ResourcePath"), xml.childText("FullyQualifiedDomainName"),
                xml.childText("SearchString"), integer(xml, "RequestInterval").orElse(30),
                integer(xml, "FailureThreshold").orElse(3), flag(xml, "MeasureLatency", false),
                flag(xml, "Inverted", false), flag(xml, "Disabled", false), integer(xml, "HealthThreshold").orElse(0),
                xml.childTexts("ChildHealthChecks"), xml.childTexts("Regions")).checked();
    }

    /** What UpdateHealthCheck makes of it: what the request names is replaced, the rest stays. */
    HealthCheckConfig updated(XmlNode xml) {
        var reset = xml.childTexts("ResetElements");
        return new HealthCheckConfig(type, xml.childText("IPAddress").or(() -> ipAddress),
                integer(xml, "Port").or(() -> port),
                text(xml, reset, "ResourcePath", resourcePath),
                text(xml, reset, "FullyQualifiedDomainName", domainName),
                xml.childText("SearchString").or(() -> searchString), requestIntervalSeconds,
                integer(xml, "FailureThreshold").orElse(failureThreshold), measureLatency,
                flag(xml, "Inverted", inverted), flag(xml, "Disabled", disabled),
                integer(xml, "HealthThreshold").orElse(healthThreshold),
                list(xml, reset, "ChildHealthChecks", children), list(xml, reset, "Regions", regions)).checked();
    }

    private static Optional<String> text(XmlNode xml, List<String> reset, String name, Optional<String> old) {
        return reset.contains(name) ? Optional.empty() : xml.childText(name).or(() -> old);
    }

    private static List<String> list(XmlNode xml, List<String> reset, String name, List<String> old) {
        if (reset.contains(name)) {
            return List.of();
        }
        return xml.child(name).isPresent() ? xml.childTexts(name) : old;
    }

    private HealthCheckConfig checked() {
        var errors = new ArrayList<String>();
        if (type == Type.CALCULATED) {
            require(errors, ipAddress.isEmpty() && port.isEmpty(), "IPAddress and Port are not for CALCULATED.");
            require(errors, children.size() <= 255, "A CALCULATED health check has at most 255 children.");
            require(errors, healthThreshold >= 0 && healthThreshold <= 256, "HealthThreshold must be 0 to 256.");
        } else {
            require(errors, ipAddress.isPresent(), "The lab's health checks need an IPAddress.");
            require(errors, ipAddress.map(ip -> ip.matches("127(\\.\\d{1,3}){3}")).orElse(true),
                    "The lab probes loopback addresses only, not " + ipAddress.orElse("") + ".");
            require(errors, type != Type.TCP || port.isPresent(), "Port is required for TCP.");
            require(errors, port.map(number -> number >= 1 && number <= 65_535).orElse(true),
                    "Port must be 1 to 65535.");
        }
        require(errors, (type == Type.HTTP_STR_MATCH) == searchString.isPresent(),
                "SearchString belongs to HTTP_STR_MATCH, and only to it.");
        require(errors, requestIntervalSeconds == 10 || requestIntervalSeconds == 30,
                "RequestInterval must be 10 or 30.");
        require(errors, failureThreshold >= 1 && failureThreshold <= 10, "FailureThreshold must be 1 to 10.");
        if (!errors.isEmpty()) {
            throw invalid(String.join(" ", errors));
        }
        return this;
    }

    private static void require(List<String> errors, boolean holds, String otherwise) {
        if (!holds) {
            errors.add(otherwise);
        }
    }

    private static Optional<Integer> integer(XmlNode xml, String name) {
        try {
            return xml.childText(name).map(Integer::valueOf);
        } catch (NumberFormatException e) {
            throw invalid(name + " must be a number.");
        }
    }

    private static boolean flag(XmlNode xml, String name, boolean fallback) {
        return xml.childText(name).map(Boolean::parseBoolean).orElse(fallback);
    }

    private static AwsFault invalid(String message) {
        return new AwsFault(400, "InvalidInput", "Invalid parameter: " + message);
    }
}
