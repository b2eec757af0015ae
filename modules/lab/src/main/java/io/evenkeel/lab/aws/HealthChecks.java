package io.evenkeel.lab.aws;

import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The health checks of the account and what they say. Safe for any thread; refuses with AWS's errors. */
final class HealthChecks {
    /** A CALCULATED check may not watch another one on AWS; the bound only ends cycles made by updates. */
    private static final int MAX_DEPTH = 8;
    private static final int MAX_REFERENCE = 64;

    private final Map<String, HealthCheck> checks = new LinkedHashMap<>();
    private final Set<String> deletedReferences = new HashSet<>();
    private final InstantSource clock;

    HealthChecks(InstantSource clock) {
        this.clock = clock;
    }

    /** The check, and whether this call made it. */
    record Created(HealthCheck check, boolean isNew) {}

    /** Same reference and settings: the check that is there. Same reference, other settings, or one of a deleted check: refused. */
    synchronized Created create(String callerReference, HealthCheckConfig config) {
        if (callerReference.isEmpty() || callerReference.length() > MAX_REFERENCE) {
            throw new AwsFault(400, "InvalidInput", "Invalid parameter: CallerReference must have 1 to 64 characters.");
        }
        var existing = checks.values().stream().filter(check -> check.callerReference().equals(callerReference))
                .findFirst();
        if (existing.filter(check -> check.config().equals(config)).isPresent()) {
            return new Created(existing.get(), false);
        }
        if (existing.isPresent() || deletedReferences.contains(callerReference)) {
            throw new AwsFault(409, "HealthCheckAlreadyExists",
                    "A health check with caller reference " + callerReference + " already exists or was deleted.");
        }
        requireChildren(config);
        var check = new HealthCheck(UUID.randomUUID().toString(), callerReference, config, 1, true, 0,
                "No data yet.", clock.instant());
        checks.put(check.id(), check);
        return new Created(check, true);
    }

    synchronized HealthCheck get(String id) {
        return find(id).orElseThrow(() -> new AwsFault(404, "NoSuchHealthCheck",
                "No health check exists with the specified ID: " + id));
    }

    synchronized Optional<HealthCheck> find(String id) {
        return Optional.ofNullable(checks.get(id));
    }

    synchronized List<HealthCheck> list() {
        return List.copyOf(checks.values());
    }

    synchronized HealthCheck update(String id, XmlNode change) {
        var check = get(id);
        var expected = change.childText("HealthCheckVersion");
        if (expected.isPresent() && !expected.get().equals(Long.toString(check.version()))) {
            throw new AwsFault(409, "HealthCheckVersionMismatch", "The value of HealthCheckVersion in the request, "
                    + expected.get() + ", does not match the version of the health check, " + check.version() + ".");
        }
        var next = check.withConfig(check.config().updated(change));
        requireChildren(next.config());
        checks.put(id, next);
        return next;
    }

    synchronized void delete(String id) {
        var check = get(id);
        deletedReferences.add(check.callerReference());
        checks.remove(id);
    }

    synchronized void probed(String id, EndpointProbe.Result result) {
        find(id).ifPresent(check -> checks.put(id, check.probed(result, clock.instant())));
    }

    /** Disabled is healthy; Inverted turns what is left round, also of a disabled check: the way to force one off. */
    synchronized boolean healthy(String id) {
        return find(id).map(check -> healthy(check, 0)).orElse(true);
    }

    private boolean healthy(HealthCheck check, int depth) {
        var config = check.config();
        boolean raw = config.disabled() || (config.type().probes() ? check.up() : enoughChildren(config, depth));
        return raw != config.inverted();
    }

    private boolean enoughChildren(HealthCheckConfig config, int depth) {
        long healthy = config.children().stream()
                .filter(child -> depth >= MAX_DEPTH || find(child).map(found -> healthy(found, depth + 1)).orElse(true))
                .count();
        return healthy >= config.healthThreshold();
    }

    private void requireChildren(HealthCheckConfig config) {
        for (var child : config.children()) {
            if (!checks.containsKey(child)) {
                throw new AwsFault(400, "InvalidInput", "Invalid parameter: no health check has the ID " + child + ".");
            }
        }
    }
}
