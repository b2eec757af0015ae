package io.evenkeel.lab.aws;

import io.evenkeel.lab.aws.RecordChange.Action;
import io.evenkeel.lab.aws.ResourceRecordSet.RecordKey;
import io.evenkeel.lab.aws.ResourceRecordSet.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Changes that take effect all together or not at all; each rule that is broken is named. */
final class ChangeBatch {
    /** Quota of ChangeResourceRecordSets: 1,000 ResourceRecord elements, those of an UPSERT count twice. */
    private static final int MAX_RECORDS = 1000;

    private final String zone;
    private final SortedMap<RecordKey, ResourceRecordSet> records;
    private final List<String> errors = new ArrayList<>();

    private ChangeBatch(String zone, SortedMap<RecordKey, ResourceRecordSet> records) {
        this.zone = zone;
        this.records = new TreeMap<>(records);
    }

    /**
     * The zone's records after the changes.
     *
     * @throws AwsFault InvalidChangeBatch with a message for each change that can not be
     */
    static SortedMap<RecordKey, ResourceRecordSet> apply(String zone, SortedMap<RecordKey, ResourceRecordSet> records,
            List<RecordChange> changes) {
        var batch = new ChangeBatch(zone, records);
        batch.checkSize(changes);
        changes.forEach(batch::apply);
        changes.stream().filter(change -> change.action() != Action.DELETE).map(RecordChange::records)
                .forEach(batch::checkNeighbours);
        if (!batch.errors.isEmpty()) {
            throw new AwsFault(400, "InvalidChangeBatch",
                    "[" + String.join(", ", batch.errors.stream().distinct().toList()) + "]");
        }
        return batch.records;
    }

    private void checkSize(List<RecordChange> changes) {
        int size = changes.stream().mapToInt(
                change -> change.records().values().size() * (change.action() == Action.UPSERT ? 2 : 1)).sum();
        if (size > MAX_RECORDS) {
            errors.add("Number of records limit of " + MAX_RECORDS + " exceeded.");
        }
    }

    private void apply(RecordChange change) {
        var wanted = change.records();
        if (!DnsNames.within(wanted.name(), zone)) {
            errors.add("RRSet with DNS name " + wanted.name() + " is not permitted in zone " + zone);
            return;
        }
        var key = wanted.key();
        switch (change.action()) {
            case CREATE -> {
                if (records.putIfAbsent(key, wanted) != null) {
                    errors.add("Tried to create resource record set " + key.quoted() + " but it already exists");
                }
            }
            case UPSERT -> records.put(key, wanted);
            case DELETE -> delete(key, wanted);
        }
    }

    private void delete(RecordKey key, ResourceRecordSet wanted) {
        var existing = records.get(key);
        if (existing == null) {
            errors.add("Tried to delete resource record set " + key.quoted() + " but it was not found");
        } else if (!existing.equals(wanted)) {
            errors.add("Tried to delete resource record set " + key.quoted()
                    + " but the values provided do not match the current values");
        } else if (wanted.name().equals(zone) && (wanted.type().equals("SOA") || wanted.type().equals("NS"))) {
            errors.add("A HostedZone must contain at least one NS and exactly one SOA record for the zone itself.");
        } else {
            records.remove(key);
        }
    }

    private void checkNeighbours(ResourceRecordSet wanted) {
        var sameName = records.values().stream().filter(other -> other.name().equals(wanted.name())).toList();
        var sameType = sameName.stream().filter(other -> other.type().equals(wanted.type())).toList();
        if (wanted.type().equals("CNAME") && wanted.name().equals(zone)) {
            errors.add("RRSet of type CNAME with DNS name " + zone + " is not permitted at apex in zone " + zone);
        } else if (sameName.size() > sameType.size() && sameName.stream().anyMatch(ChangeBatch::isCname)) {
            errors.add("RRSet of type " + wanted.type() + " with DNS name " + wanted.name()
                    + " is not permitted as it conflicts with other records with the same DNS name in zone " + zone);
        }
        if (sameType.stream().map(ResourceRecordSet::role).map(role -> role.isPresent()).distinct().count() > 1) {
            errors.add("RRSet with DNS name " + wanted.name() + ", type " + wanted.type() + ", SetIdentifier "
                    + wanted.setIdentifier().orElse("null")
                    + " cannot be created as other RRSets exist with the same name and type that have no failover"
                    + " or another routing policy.");
        }
        for (var role : Role.values()) {
            if (sameType.stream().filter(other -> other.role().filter(role::equals).isPresent()).count() > 1) {
                errors.add("Failover resource record sets with name " + wanted.name() + ", type " + wanted.type()
                        + " must have at most one " + role + ".");
            }
        }
    }

    private static boolean isCname(ResourceRecordSet other) {
        return other.type().equals("CNAME");
    }
}
