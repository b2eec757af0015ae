package io.evenkeel.dashboard.api;

import io.evenkeel.core.decision.Intent;
import io.evenkeel.core.decision.Lasting;
import io.evenkeel.core.decision.Order;
import io.evenkeel.core.notification.Firing;
import io.evenkeel.core.notification.Matcher;
import io.evenkeel.core.notification.Silences;
import io.evenkeel.dashboard.api.Input.Given;
import io.evenkeel.dashboard.api.Input.Keys;
import io.evenkeel.dashboard.api.Input.Wrong;
import io.evenkeel.dashboard.model.Picture.Seen;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What there is to ask and to say. */
final class Endpoints {

    private static final Logger LOG = LoggerFactory.getLogger(Endpoints.class);
    private static final Keys MATCH = new Keys(List.of(), List.of("match"));
    private static final Keys NONE = new Keys(List.of(), List.of());
    private static final Keys SILENCE = new Keys(List.of("subject", "reason"), List.of("for"));
    private static final Keys SUBJECT = new Keys(List.of("subject"), List.of());
    private static final Keys INCIDENT = new Keys(List.of("incident", "reason"), List.of());

    private final ApiPorts ports;
    private final Map<String, SortedMap<String, Endpoint>> paths;

    /**
     * One method of one path.
     *
     * @param access that a token must have
     * @param takesBody whether a JSON body is read
     */
    record Endpoint(Access access, boolean takesBody, Handler handler) {}

    /** @param title what it is, in one line */
    record Acknowledged(String incident, String title, String by) {}

    /** Answers a request that was let in. */
    @FunctionalInterface
    interface Handler {
        /** @throws io.evenkeel.events.kafka.NotAcknowledgedException when what was said does not hold */
        Answer answer(Call call) throws InterruptedException;
    }

    Endpoints(ApiPorts ports) {
        this.ports = ports;
        paths = Map.of(
                "/api/v1/alerts", new TreeMap<>(Map.of("GET", new Endpoint(Access.READ, false, this::alerts))),
                "/api/v1/silences", new TreeMap<>(Map.of(
                        "GET", new Endpoint(Access.READ, false, this::silences),
                        "POST", new Endpoint(Access.OPERATE, true, this::silence),
                        "DELETE", new Endpoint(Access.OPERATE, false, this::endSilence))),
                "/api/v1/incidents/acknowledge", new TreeMap<>(Map.of(
                        "POST", new Endpoint(Access.OPERATE, true, this::acknowledge))));
    }

    /** The methods of a path; none where there is no such path. */
    SortedMap<String, Endpoint> of(String path) {
        return paths.getOrDefault(path, new TreeMap<>());
    }

    SortedSet<String> paths() {
        return new TreeSet<>(paths.keySet());
    }

    private Answer alerts(Call call) throws InterruptedException {
        return switch (Input.ofQuery(call.query(), MATCH)) {
            case Wrong wrong -> refused(wrong);
            case Given given -> alerts(given.optional("match"));
        };
    }

    private Answer alerts(Optional<String> match) throws InterruptedException {
        List<Matcher> matchers;
        try {
            matchers = match.map(Silences::conditions).orElse(List.of());
        } catch (IllegalArgumentException refused) {
            return Answer.error(400, "match: " + refused.getMessage());
        }
        return ports.picture().now().map(seen -> Answer.of(200, Firing
                .of(ports.policy(), seen.firing(), seen.silences(), ports.clock().instant()).stream()
                .filter(firing -> matchers.stream().allMatch(matcher -> matcher.matches(firing.alert()))).toList()))
                .orElseGet(Endpoints::notCaughtUp);
    }

    private Answer silences(Call call) throws InterruptedException {
        return switch (Input.ofQuery(call.query(), NONE)) {
            case Wrong wrong -> refused(wrong);
            case Given _ -> ports.picture().now().map(seen -> Answer.of(200, holding(seen)))
                    .orElseGet(Endpoints::notCaughtUp);
        };
    }

    private List<Silence> holding(Seen seen) {
        var now = ports.clock().instant();
        return seen.silences().stream().filter(silence -> silence.activeAt(now)).map(Silence::of)
                .sorted(Silence.SOONEST_OVER_FIRST).toList();
    }

    private Answer silence(Call call) throws InterruptedException {
        return switch (Input.ofJson(call.body(), SILENCE)) {
            case Wrong wrong -> refused(wrong);
            case Given given -> silence(call, given);
        };
    }

    private Answer silence(Call call, Given given) throws InterruptedException {
        String subject = given.text("subject");
        Duration lasting;
        try {
            Silences.check(ports.clusters(), subject);
        } catch (IllegalArgumentException refused) {
            return Answer.error(400, "subject: " + refused.getMessage());
        }
        try {
            lasting = Lasting.of(given.text("for", Silences.USUAL_DURATION));
        } catch (IllegalArgumentException refused) {
            return Answer.error(400, "for: " + refused.getMessage());
        }
        var now = now();
        var intent = new Intent(Intent.Kind.SILENCE, subject, call.caller().name(), given.text("reason"), now,
                now.plus(lasting));
        ports.orders().set(intent);
        LOG.atInfo().addKeyValue("by", intent.by()).addKeyValue("remote", call.remote())
                .addKeyValue("subject", subject).addKeyValue("until", intent.expiresAt())
                .addKeyValue("reason", intent.reason()).log("silence set");
        return Answer.of(201, Silence.of(intent));
    }

    private Answer endSilence(Call call) throws InterruptedException {
        return switch (Input.ofQuery(call.query(), SUBJECT)) {
            case Wrong wrong -> refused(wrong);
            case Given given -> {
                var seen = ports.picture().now();
                yield seen.isPresent() ? endSilence(call, given.text("subject"), seen.get()) : notCaughtUp();
            }
        };
    }

    private Answer endSilence(Call call, String subject, Seen seen) throws InterruptedException {
        var found = holding(seen).stream().filter(silence -> silence.subject().equals(subject)).findFirst();
        if (found.isEmpty()) {
            return Answer.error(404, "no silence of '" + subject + "' holds",
                    "GET /api/v1/silences lists those that do");
        }
        ports.orders().release(Intent.key(Intent.Kind.SILENCE, subject));
        LOG.atInfo().addKeyValue("by", call.caller().name()).addKeyValue("remote", call.remote())
                .addKeyValue("subject", subject).log("silence ended");
        return Answer.of(200, found.get());
    }

    private Answer acknowledge(Call call) throws InterruptedException {
        return switch (Input.ofJson(call.body(), INCIDENT)) {
            case Wrong wrong -> refused(wrong);
            case Given given -> switch (find(given.text("incident"))) {
                case Incidents.Found.Known(var title) -> acknowledge(call, given, title);
                case Incidents.Found.Unknown(var said) ->
                    Answer.error(404, said, "GET /api/v1/alerts lists what fires; alert.key is what to name");
                case Incidents.Found.NotNow(var why) ->
                    Answer.error(503, "incidents can't be looked up now, so it does NOT hold: " + why, "try again");
            };
        };
    }

    /** What fires is at hand; all else must be looked up. */
    private Incidents.Found find(String incident) throws InterruptedException {
        var firing = ports.picture().now()
                .flatMap(seen -> seen.firing().stream().filter(alert -> alert.key().equals(incident)).findFirst());
        return firing.isPresent()
                ? new Incidents.Found.Known(firing.get().title())
                : ports.incidents().find(incident);
    }

    private Answer acknowledge(Call call, Given given, String title) throws InterruptedException {
        var order = Order.acknowledgement(UUID.randomUUID().toString(), given.text("incident"), call.caller().name(),
                given.text("reason"), now());
        ports.orders().give(order);
        LOG.atInfo().addKeyValue("by", order.by()).addKeyValue("remote", call.remote())
                .addKeyValue("incident", order.incident()).addKeyValue("reason", order.reason())
                .log("incident acknowledged");
        return Answer.of(200, new Acknowledged(order.incident(), title, order.by()));
    }

    private Instant now() {
        return ports.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static Answer refused(Wrong wrong) {
        return Answer.error(400, wrong.error(), wrong.hint());
    }

    private static Answer notCaughtUp() {
        return Answer.error(503, "what Kafka has can't be read to its end now, so what holds is not known",
                "try again in a few seconds; do Kafka and the schema registry answer, and did 'evenkeel run' ever start?");
    }
}
