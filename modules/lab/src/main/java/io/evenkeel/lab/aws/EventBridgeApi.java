package io.evenkeel.lab.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;

/** EventBridge, version 2015-10-07 (JSON 1.1). */
final class EventBridgeApi implements ServiceApi {
    private final EventBuses buses;
    private final String accountId;
    private final Consumer<String> listener;

    EventBridgeApi(EventBuses buses, String accountId, Consumer<String> listener) {
        this.buses = buses;
        this.accountId = accountId;
        this.listener = listener;
    }

    @Override
    public AwsResponse handle(AwsRequest request) {
        var input = RequestReader.json(request.body());
        var answer = switch (request.action()) {
            case "CreateEventBus" -> {
                buses.create(input.path("Name").asText(""));
                yield object().put("EventBusArn", arn(request, input.path("Name").asText()));
            }
            case "DescribeEventBus" -> bus(request,
                    buses.require(EventBuses.nameOf(input.path("Name").asText("default"))));
            case "ListEventBuses" -> {
                var list = object();
                var array = list.putArray("EventBuses");
                buses.names(input.path("NamePrefix").asText("")).forEach(name -> array.add(bus(request, name)));
                yield list;
            }
            case "PutEvents" -> putEvents(input);
            default -> throw ServiceApi.unknown(request);
        };
        return AwsResponse.json(200, answer.toString());
    }

    private ObjectNode putEvents(JsonNode input) {
        var results = buses.put(input.path("Entries"));
        var answer = object();
        var entries = answer.putArray("Entries");
        int failed = 0;
        for (var result : results) {
            switch (result) {
                case EventBuses.Result.Accepted(var id) -> entries.addObject().put("EventId", id);
                case EventBuses.Result.Refused(var code, var message) -> {
                    failed++;
                    entries.addObject().put("ErrorCode", code).put("ErrorMessage", message);
                }
            }
        }
        listener.accept("eventbridge: " + (results.size() - failed) + " accepted, " + failed + " refused: "
                + input.path("Entries").path(0).path("DetailType").asText());
        return answer.put("FailedEntryCount", failed);
    }

    private ObjectNode bus(AwsRequest request, String name) {
        return object().put("Name", name).put("Arn", arn(request, name));
    }

    private String arn(AwsRequest request, String name) {
        return "arn:aws:events:" + request.region() + ":" + accountId + ":event-bus/" + name;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
