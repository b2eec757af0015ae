package io.evenkeel.lab.aws;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * AWS on a laptop: Auto Scaling, Route 53, SNS, EventBridge and STS on one port of 127.0.0.1, for any SDK or the AWS CLI with the
 * endpoint's address, any credentials and any region.
 *
 * <p>It acts on its state: an instance set Unhealthy is terminated and another one launched, health checks probe, failover records
 * follow them, topics deliver. One account; a group is shown in every region. {@code GET /_lab/calls} lists the calls as JSON.
 *
 * <p>What AWS does and this does not: signatures are not verified, SNS messages carry no signature, probes and SNS deliveries go to
 * loopback addresses only.
 */
public final class AwsEndpoint implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AwsEndpoint.class);
    /** Above the largest request that any of the services takes (1 MB). */
    private static final int MAX_BODY = 4 * 1024 * 1024;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CallJournal journal = new CallJournal();
    private final RequestFaults faults = new RequestFaults();
    private final AutoScalingGroups groups;
    private final AutoScalingReconciler reconciler;
    private final Route53State route53;
    private final SnsTopics topics;
    private final SnsDelivery delivery;
    private final EventBuses buses;
    private final CallGate gate;

    private AwsEndpoint(AwsEndpointSettings settings, InstanceLauncher launcher, HttpServer server) {
        this.server = server;
        var clock = InstantSource.system();
        var uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        this.groups = new AutoScalingGroups(clock, settings.replacementDelay());
        this.reconciler = new AutoScalingReconciler(groups, launcher, settings.listener());
        this.route53 = new Route53State(clock, settings);
        this.topics = new SnsTopics(settings.accountId());
        this.delivery = new SnsDelivery(uri, clock);
        this.buses = new EventBuses(clock);
        this.gate = new CallGate(Map.of(
                AwsService.AUTO_SCALING, new AutoScalingApi(groups, settings.accountId()),
                AwsService.ROUTE53, new Route53Api(route53),
                AwsService.SNS, new SnsApi(topics, delivery, settings.listener()),
                AwsService.EVENT_BRIDGE, new EventBridgeApi(buses, settings.accountId(), settings.listener()),
                AwsService.STS, new StsApi(settings.accountId())),
                faults, new RequestBudget(settings.route53RequestsPerSecond(), System::nanoTime));
    }

    /**
     * Binds the port and starts to answer.
     *
     * @throws UncheckedIOException if the port is taken
     */
    public static AwsEndpoint start(AwsEndpointSettings settings, InstanceLauncher launcher) {
        HttpServer server;
        try {
            server = HttpServer.create(
                    new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), settings.port()), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("port " + settings.port() + " can not be bound on 127.0.0.1", e);
        }
        var endpoint = new AwsEndpoint(settings, launcher, server);
        server.setExecutor(endpoint.threads);
        server.createContext("/_lab/calls", endpoint::showCalls);
        server.createContext("/", endpoint::answer);
        server.start();
        endpoint.reconciler.start();
        return endpoint;
    }

    /** What a client's endpoint override or {@code AWS_ENDPOINT_URL} is set to. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /**
     * Creates a group and starts its instances, all at once.
     *
     * @return done when as many instances as desired are InService for the first time; launches that fail are retried without end,
     * so wait with a time-out
     * @throws IllegalArgumentException if there is a group of that name
     */
    public CompletableFuture<Void> defineGroup(AutoScalingGroupSpec spec) {
        return groups.define(spec);
    }

    /** The instances of a group at this moment, those on their way in and out too; empty if there is no such group. */
    public List<AutoScalingInstance> instances(String groupName) {
        return groups.instances().stream().filter(instance -> instance.groupName().equals(groupName)).toList();
    }

    /** What the name server answers from. */
    public PublishedZones publishedZones() {
        return route53;
    }

    /** Events that a bus accepted, oldest first. */
    public List<PutEvent> events() {
        return buses.events();
    }

    public CallJournal journal() {
        return journal;
    }

    public RequestFaults faults() {
        return faults;
    }

    /** Stops to answer, probe, deliver and reconcile. Instances are left as they are. */
    @Override
    public void close() {
        reconciler.close();
        route53.close();
        delivery.close();
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            long arrival = journal.arrived();
            var time = Instant.now();
            var requestId = UUID.randomUUID().toString();
            var body = new String(exchange.getRequestBody().readNBytes(MAX_BODY), StandardCharsets.UTF_8);
            var call = gate.handle(exchange, body, requestId);
            journal.answered(arrival, new CallJournal.Call(time, call.service(), call.action(), call.parameters(),
                    call.response().status(), call.error()));
            send(exchange, call.response().withRequestId(requestId));
        } catch (RuntimeException e) {
            // The JDK's server drops the connection without a word otherwise.
            LOG.atError().setCause(e).log("aws request broke");
        }
    }

    private void showCalls(HttpExchange exchange) throws IOException {
        try (exchange) {
            var calls = journal.calls().stream()
                    .map(call -> Map.of("time", call.time().toString(), "service", call.service(), "action",
                            call.action(), "parameters", call.parameters(), "status", call.status(), "error",
                            call.error()))
                    .toList();
            var json = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT)
                    .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build().writeValueAsString(calls);
            send(exchange, new AwsResponse(200, "application/json", json, Map.of()));
        }
    }

    private static void send(HttpExchange exchange, AwsResponse response) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", response.contentType());
        response.headers().forEach(exchange.getResponseHeaders()::set);
        var body = response.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(response.status(), body.length);
        exchange.getResponseBody().write(body);
    }
}
