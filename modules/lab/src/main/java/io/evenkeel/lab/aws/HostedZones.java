package io.evenkeel.lab.aws;

import io.evenkeel.lab.aws.ResourceRecordSet.RecordKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Hosted zones twice over: as the API shows them, and as name servers do, which is later by the time from PENDING to INSYNC. Safe for
 * any thread; refuses with AWS's errors.
 */
final class HostedZones implements AutoCloseable {
    static final List<String> NAME_SERVERS = List.of("ns-1.lab.evenkeel.invalid.", "ns-2.lab.evenkeel.invalid.");
    private static final long NS_TTL = 172_800;
    private static final long SOA_TTL = 900;

    private final Map<String, HostedZone> zones = new LinkedHashMap<>();
    private final Map<String, Change> changes = new LinkedHashMap<>();
    private final InstantSource clock;
    private final Duration changeDelay;
    private final Runnable published;
    private final ScheduledExecutorService timer = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("lab-route53-changes").factory());

    /** @param published told after each time the name servers' view changed, on the timer's thread */
    HostedZones(InstantSource clock, Duration changeDelay, Runnable published) {
        this.clock = clock;
        this.changeDelay = changeDelay;
        this.published = published;
    }

    /**
     * A zone as the API shows it.
     *
     * @param id without the {@code /hostedzone/} before it
     */
    record HostedZone(String id, String name, String callerReference, String comment,
            SortedMap<RecordKey, ResourceRecordSet> records, Collection<ResourceRecordSet> visible) {}

    record Change(String id, boolean inSync, Instant submitted) {}

    record Created(HostedZone zone, Change change) {}

    synchronized Created create(String name, String callerReference, String comment) {
        var absolute = DnsNames.absolute(name);
        if (!absolute.matches("([a-z0-9_*\\-]{1,63}\\.)+")) {
            throw new AwsFault(400, "InvalidDomainName", "The domain name is invalid: " + name);
        }
        if (zones.values().stream().anyMatch(zone -> zone.callerReference().equals(callerReference))) {
            throw new AwsFault(409, "HostedZoneAlreadyExists",
                    "A hosted zone has already been created with the specified caller reference.");
        }
        var records = new TreeMap<RecordKey, ResourceRecordSet>();
        for (var own : List.of(ResourceRecordSet.simple(absolute, "NS", NS_TTL, NAME_SERVERS),
                ResourceRecordSet.simple(absolute, "SOA", SOA_TTL, List.of(
                        NAME_SERVERS.getFirst() + " hostmaster.lab.evenkeel.invalid. 1 7200 900 1209600 86400")))) {
            records.put(own.key(), own);
        }
        var zone = new HostedZone("Z" + newId(), absolute, callerReference, comment, records, List.of());
        zones.put(zone.id(), zone);
        return new Created(zone, submit(zone.id()));
    }

    synchronized List<HostedZone> list() {
        return List.copyOf(zones.values());
    }

    synchronized List<HostedZone> listByName() {
        return zones.values().stream()
                .sorted(Comparator.comparing((HostedZone zone) -> DnsNames.reversed(zone.name()))
                        .thenComparing(HostedZone::id))
                .toList();
    }

    synchronized HostedZone get(String id) {
        return Optional.ofNullable(zones.get(id)).orElseThrow(
                () -> new AwsFault(404, "NoSuchHostedZone", "No hosted zone found with ID: " + id));
    }

    synchronized Change apply(String zoneId, List<RecordChange> batch) {
        var zone = get(zoneId);
        zones.put(zoneId, withRecords(zone, ChangeBatch.apply(zone.name(), zone.records(), batch), zone.visible()));
        return submit(zoneId);
    }

    synchronized Change change(String id) {
        return Optional.ofNullable(changes.get(id)).orElseThrow(
                () -> new AwsFault(404, "NoSuchChange", "Could not find resource with ID: " + id));
    }

    synchronized List<PublishedZone> visible() {
        return zones.values().stream().filter(zone -> !zone.visible().isEmpty())
                .map(zone -> new PublishedZone(zone.name(), List.copyOf(zone.visible()))).toList();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    /** Changes reach the name servers in the order they were submitted: one timer thread, one delay. */
    private Change submit(String zoneId) {
        var change = new Change("C" + newId(), false, clock.instant());
        var records = List.copyOf(get(zoneId).records().values());
        changes.put(change.id(), change);
        var _ = timer.schedule(() -> publish(zoneId, change, records), changeDelay.toNanos(), TimeUnit.NANOSECONDS);
        return change;
    }

    private void publish(String zoneId, Change change, List<ResourceRecordSet> records) {
        synchronized (this) {
            var zone = get(zoneId);
            zones.put(zoneId, withRecords(zone, zone.records(), records));
            changes.put(change.id(), new Change(change.id(), true, change.submitted()));
        }
        published.run();
    }

    private static HostedZone withRecords(HostedZone zone, SortedMap<RecordKey, ResourceRecordSet> records,
            Collection<ResourceRecordSet> visible) {
        return new HostedZone(zone.id(), zone.name(), zone.callerReference(), zone.comment(), records, visible);
    }

    private static String newId() {
        return UUID.randomUUID().toString().replace("-", "").substring(0, 20).toUpperCase(Locale.ROOT);
    }
}
