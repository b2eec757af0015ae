package io.evenkeel.lab.aws;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** The event buses and what they accepted. Safe for any thread. */
final class EventBuses {
    /** PutEvents (API reference): the sum of the entries is below 1 MB. */
    private static final int MAX_TOTAL_BYTES = 1024 * 1024;
    private static final int MAX_ENTRIES = 10;
    private static final int MAX_DETAIL_TYPE = 128;

    private final InstantSource clock;
    private final TreeSet<String> names = new TreeSet<>(List.of("default"));
    private final CopyOnWriteArrayList<PutEvent> events = new CopyOnWriteArrayList<>();

    EventBuses(InstantSource clock) {
        this.clock = clock;
    }

    /** What became of one entry. */
    sealed interface Result {
        record Accepted(String eventId) implements Result {}

        record Refused(String code, String message) implements Result {}
    }

    synchronized void create(String name) {
        if (!name.matches("[/.\\-_A-Za-z0-9]{1,256}") || name.equals("default")) {
            throw new AwsFault(400, "ValidationException", "Event bus name '" + name + "' is not valid.");
        }
        if (!names.add(name)) {
            throw new AwsFault(400, "ResourceAlreadyExistsException", "Event bus " + name + " already exists.");
        }
    }

    synchronized String require(String name) {
        if (!names.contains(name)) {
            throw new AwsFault(400, "ResourceNotFoundException", "Event bus " + name + " does not exist.");
        }
        return name;
    }

    synchronized List<String> names(String prefix) {
        return names.stream().filter(name -> name.startsWith(prefix)).toList();
    }

    List<PutEvent> events() {
        return List.copyOf(events);
    }

    /** Results in the order of the entries. */
    List<Result> put(JsonNode entries) {
        if (!entries.isArray() || entries.isEmpty() || entries.size() > MAX_ENTRIES) {
            throw new AwsFault(400, "ValidationException", "1 validation error detected: Value at 'entries' failed to"
                    + " satisfy constraint: Member must have length between 1 and " + MAX_ENTRIES);
        }
        if (entries.toString().length() >= MAX_TOTAL_BYTES) {
            throw new AwsFault(400, "ValidationException",
                    "Total size of the entries in the request is over the limit.");
        }
        var results = new ArrayList<Result>();
        entries.forEach(entry -> results.add(put(entry, UUID.randomUUID().toString())));
        return results;
    }

    private Result put(JsonNode entry, String id) {
        return refusal(entry).<Result>map(refused -> refused).orElseGet(() -> {
            var bus = nameOf(entry.path("EventBusName").asText("default"));
            // As on AWS an event for a bus that does not exist is accepted, and lost (aws-cli#9186).
            if (names(bus).contains(bus)) {
                var resources = new ArrayList<String>();
                entry.path("Resources").forEach(resource -> resources.add(resource.asText()));
                events.add(new PutEvent(id, clock.instant(), bus, entry.path("Source").asText(),
                        entry.path("DetailType").asText(), entry.path("Detail").asText(), resources));
            }
            return new Result.Accepted(id);
        });
    }

    private static Optional<Result.Refused> refusal(JsonNode entry) {
        for (var name : List.of("Source", "DetailType", "Detail")) {
            if (entry.path(name).asText("").isEmpty()) {
                return invalid(name, name + " is a required argument.");
            }
        }
        if (entry.path("DetailType").asText().length() > MAX_DETAIL_TYPE) {
            return invalid("DetailType", "DetailType is longer than " + MAX_DETAIL_TYPE + " characters.");
        }
        if (entry.path("Source").asText().startsWith("aws.")) {
            return Optional.of(new Result.Refused("NotAuthorizedForSourceException",
                    "Not authorized for the source."));
        }
        return isObject(entry.path("Detail").asText())
                ? Optional.empty()
                : Optional.of(new Result.Refused("MalformedDetail", "Detail is malformed."));
    }

    private static Optional<Result.Refused> invalid(String name, String reason) {
        return Optional.of(new Result.Refused("InvalidArgument",
                "Parameter " + name + " is not valid. Reason: " + reason));
    }

    private static boolean isObject(String detail) {
        try {
            return RequestReader.json(detail).isObject();
        } catch (AwsFault e) {
            return false;
        }
    }

    /** A bus may be given by its ARN. */
    static String nameOf(String nameOrArn) {
        int slash = nameOrArn.indexOf(":event-bus/");
        return slash < 0 ? nameOrArn : nameOrArn.substring(slash + ":event-bus/".length());
    }
}
