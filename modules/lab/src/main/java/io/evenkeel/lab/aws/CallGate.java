package io.evenkeel.lab.aws;

import com.sun.net.httpserver.HttpExchange;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way of every call: read, meet the faults asked for and the rate limit, be carried out, have errors put into words. */
final class CallGate {
    private static final Logger LOG = LoggerFactory.getLogger(CallGate.class);

    private final Map<AwsService, ServiceApi> apis;
    private final RequestFaults faults;
    private final RequestBudget route53Budget;

    CallGate(Map<AwsService, ServiceApi> apis, RequestFaults faults, RequestBudget route53Budget) {
        this.apis = Map.copyOf(apis);
        this.faults = faults;
        this.route53Budget = route53Budget;
    }

    /** A call with its answer. */
    record Answered(String service, String action, Map<String, String> parameters, AwsResponse response,
            String error) {}

    Answered handle(HttpExchange exchange, String body, String requestId) {
        AwsRequest request;
        try {
            request = RequestReader.read(exchange, body, requestId);
        } catch (AwsFault fault) {
            var response = ErrorAnswers.render(RequestReader.protocol(exchange), "", fault, requestId);
            return new Answered("", exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath(), Map.of(),
                    response, fault.code());
        }
        Map<String, String> leaves = Map.of();
        try {
            leaves = RequestReader.leaves(request);
            return answered(request, leaves, carryOut(request), "");
        } catch (AwsFault fault) {
            return refused(request, leaves, fault);
        } catch (RuntimeException e) {
            LOG.atError().addKeyValue("action", request.action()).setCause(e).log("aws call broke");
            return refused(request, leaves, internal());
        }
    }

    private AwsResponse carryOut(AwsRequest request) {
        var fault = faults.next(request.action());
        if (fault.isPresent()) {
            return carryOutWith(fault.get(), request);
        }
        if (request.service() == AwsService.ROUTE53 && !route53Budget.take()) {
            throw throttled(request.service());
        }
        return api(request).handle(request);
    }

    private AwsResponse carryOutWith(RequestFaults.Fault fault, AwsRequest request) {
        return switch (fault) {
            case RequestFaults.Fault.Throttled _ -> throw throttled(request.service());
            case RequestFaults.Fault.Failed _ -> throw internal();
            case RequestFaults.Fault.FailedAfterEffect _ -> {
                api(request).handle(request);
                throw internal();
            }
            case RequestFaults.Fault.Stopped(var held) -> {
                held.stop();
                yield api(request).handle(request);
            }
            case RequestFaults.Fault.Delayed(var pause) -> {
                try {
                    Thread.sleep(pause);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                yield api(request).handle(request);
            }
        };
    }

    private ServiceApi api(AwsRequest request) {
        var api = apis.get(request.service());
        if (api == null) {
            throw new IllegalStateException("no api for " + request.service());
        }
        return api;
    }

    private static Answered refused(AwsRequest request, Map<String, String> leaves, AwsFault fault) {
        var response = ErrorAnswers.render(request.service().protocol(), request.service().namespace(), fault,
                request.requestId());
        return answered(request, leaves, response, fault.code());
    }

    private static Answered answered(AwsRequest request, Map<String, String> leaves, AwsResponse response,
            String error) {
        return new Answered(request.service().scope(), request.action(), leaves, response, error);
    }

    private static AwsFault throttled(AwsService service) {
        return switch (service) {
            case EVENT_BRIDGE -> new AwsFault(400, "ThrottlingException", "Rate exceeded");
            case SNS -> new AwsFault(429, "Throttled", "Rate exceeded");
            case AUTO_SCALING, ROUTE53, STS -> new AwsFault(400, "Throttling", "Rate exceeded");
        };
    }

    private static AwsFault internal() {
        return new AwsFault(500, "InternalFailure", "The request processing has failed because of an unknown error.");
    }
}
