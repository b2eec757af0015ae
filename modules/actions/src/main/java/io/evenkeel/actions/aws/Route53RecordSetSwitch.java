package io.evenkeel.actions.aws;

import io.evenkeel.actions.DnsStrategy;
import io.evenkeel.actions.TrafficSwitch;
import io.evenkeel.core.cluster.ClusterId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.ChangeStatus;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** Overwrites the simple record of the service's name, in one batch, and waits until Route 53 says INSYNC. */
final class Route53RecordSetSwitch implements TrafficSwitch {

    private final Route53Client client;
    private final DnsStrategy.RecordSet strategy;
    private final String name;

    Route53RecordSetSwitch(Route53Client client, DnsStrategy.RecordSet strategy) {
        this.client = client;
        this.strategy = strategy;
        this.name = absolute(strategy.recordName());
    }

    @Override
    public Position position(ClusterId to) {
        var wanted = strategy.values().get(to);
        if (wanted == null) {
            return new Position.Unclear(noValues(to));
        }
        try {
            var found = read();
            if (found.filter(Route53RecordSetSwitch::isNotSimple).isPresent()) {
                return new Position.Unclear(name + " has a routing policy or is an alias, not a simple record");
            }
            var values = found.map(Route53RecordSetSwitch::values).orElse(List.of());
            var detail = name + " " + strategy.type() + " " + values;
            return same(values, wanted) ? new Position.OnTarget(detail) : new Position.Elsewhere(detail);
        } catch (SdkException e) {
            return AwsFailures.of(e);
        }
    }

    @Override
    public Switching switchTo(ClusterId to) {
        var wanted = strategy.values().get(to);
        if (wanted == null) {
            return new Switching.Unclear(noValues(to));
        }
        try {
            var before = read();
            if (before.filter(Route53RecordSetSwitch::isNotSimple).isPresent()) {
                return new Switching.Unclear(name + " has a routing policy or is an alias, not a simple record");
            }
            var upsert = Change.builder().action(ChangeAction.UPSERT).resourceRecordSet(record(wanted)).build();
            var change = client.changeResourceRecordSets(request -> request.hostedZoneId(strategy.hostedZoneId())
                    .changeBatch(batch -> batch.comment("evenkeel: " + name + " to " + to).changes(upsert)))
                    .changeInfo();
            return new Switching.Switched(change.id(), undo(before));
        } catch (SdkException e) {
            return AwsFailures.of(e);
        }
    }

    @Override
    public Verification verify(ClusterId to, Switching.Switched accepted) {
        try {
            var status = client.getChange(request -> request.id(accepted.changeId())).changeInfo().status();
            if (status != ChangeStatus.INSYNC) {
                return new Verification.NotYet("change " + accepted.changeId() + " is " + status);
            }
            var values = read().map(Route53RecordSetSwitch::values).orElse(List.of());
            return same(values, strategy.values().getOrDefault(to, List.of()))
                    ? new Verification.InEffect()
                    : new Verification.Different(name + " is " + values);
        } catch (SdkException e) {
            return AwsFailures.of(e);
        }
    }

    /** The listing begins at the name and type asked for, which may be another record when that one is missing. */
    private Optional<ResourceRecordSet> read() {
        return client
                .listResourceRecordSets(request -> request.hostedZoneId(strategy.hostedZoneId()).startRecordName(name)
                        .startRecordType(strategy.type()).maxItems("1"))
                .resourceRecordSets()
                .stream()
                .filter(found -> absolute(found.name()).equals(name) && strategy.type().equals(found.typeAsString()))
                .findFirst();
    }

    private ResourceRecordSet record(List<String> values) {
        return ResourceRecordSet.builder().name(name).type(strategy.type()).ttl(strategy.ttl().toSeconds())
                .resourceRecords(values.stream().map(value -> ResourceRecord.builder().value(value).build()).toList())
                .build();
    }

    private String undo(Optional<ResourceRecordSet> before) {
        return before.map(was -> "UPSERT " + name + " " + strategy.type() + " ttl " + was.ttl() + " " + values(was))
                .orElse("DELETE " + name + " " + strategy.type() + ", there was none");
    }

    private String noValues(ClusterId to) {
        return "no dns.values for cluster " + to;
    }

    private static boolean isNotSimple(ResourceRecordSet found) {
        return found.setIdentifier() != null || found.aliasTarget() != null;
    }

    private static List<String> values(ResourceRecordSet found) {
        return found.resourceRecords().stream().map(ResourceRecord::value).toList();
    }

    private boolean same(List<String> found, List<String> wanted) {
        return normal(found).equals(normal(wanted));
    }

    /** Order says nothing; names come back in lower case and with or without the last dot. */
    private Set<String> normal(List<String> values) {
        return values.stream().map(value -> strategy.type().equals("CNAME") ? absolute(value) : value)
                .collect(java.util.stream.Collectors.toSet());
    }

    private static String absolute(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower : lower + ".";
    }
}
