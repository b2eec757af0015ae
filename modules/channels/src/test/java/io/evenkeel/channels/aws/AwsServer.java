package io.evenkeel.channels.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenkeel.channels.http.Receiver.Answer;
import io.evenkeel.channels.http.Receiver.Request;
import java.net.URLDecoder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** SNS and CloudWatch in their Query protocol and EventBridge in JSON 1.1, as strict as their API references say. */
final class AwsServer {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LIMIT = 256 * 1024;

    private AwsServer() {}

    /** Names and values of a Publish. */
    static Map<String, String> form(Request request) {
        return Arrays.stream(request.text().split("&")).map(pair -> pair.split("=", 2)).collect(Collectors.toMap(
                pair -> URLDecoder.decode(pair[0], UTF_8), pair -> URLDecoder.decode(pair[1], UTF_8), (a, _) -> a,
                TreeMap::new));
    }

    static Answer sns(Request request) {
        var form = form(request);
        String subject = form.getOrDefault("Subject", "");
        String message = form.getOrDefault("Message", "");
        int size = message.getBytes(UTF_8).length;
        if (!form.getOrDefault("Action", "").equals("Publish")) {
            return error(400, "InvalidAction", "no such action");
        }
        if (!subject.matches("[\\x21-\\x7e][\\x20-\\x7e]{0,99}")) {
            return error(400, "InvalidParameter", "Invalid parameter: Subject");
        }
        for (int i = 1; form.containsKey("MessageAttributes.entry." + i + ".Name"); i++) {
            String value = form.getOrDefault("MessageAttributes.entry." + i + ".Value.StringValue", "");
            String type = form.getOrDefault("MessageAttributes.entry." + i + ".Value.DataType", "");
            if (value.isEmpty() || !type.matches("String(\\.Array)?")) {
                return error(400, "ParameterValueInvalid", "The message attribute must contain non-empty value");
            }
            size += form.getOrDefault("MessageAttributes.entry." + i + ".Name", "").length() + type.length()
                    + value.getBytes(UTF_8).length;
        }
        return size == 0 || size > LIMIT || message.isEmpty()
                ? error(400, "InvalidParameter", "Invalid parameter: Message too long or empty")
                : Answer.of(200, "<PublishResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><PublishResult>"
                        + "<MessageId>567910cd-659e-55d4-8ccb-5aaf14679dc0</MessageId></PublishResult>"
                        + "<ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></PublishResponse>");
    }

    /** PutMetricData in the Query protocol: one datum for each call. */
    static Answer cloudWatch(Request request) {
        var form = form(request);
        return form.getOrDefault("Action", "").equals("PutMetricData")
                && form.containsKey("MetricData.member.1.MetricName")
                        ? Answer.of(200,
                                "<PutMetricDataResponse xmlns=\"http://monitoring.amazonaws.com/doc/2010-08-01/\">"
                                        + "<ResponseMetadata><RequestId>e16fc4d3-9a04</RequestId></ResponseMetadata>"
                                        + "</PutMetricDataResponse>")
                        : error(400, "MissingParameter", "no metric");
    }

    static Answer error(int status, String code, String message) {
        return Answer.of(status, "<ErrorResponse><Error><Type>Sender</Type><Code>" + code + "</Code><Message>" + message
                + "</Message></Error><RequestId>r</RequestId></ErrorResponse>");
    }

    static Answer eventBridge(Request request) {
        return switch (request.header("x-amz-target")) {
            case "AWSEvents.DescribeEventBus" -> Answer.of(200, "{\"Name\":\"ops\"}");
            case "AWSEvents.PutEvents" -> put(request);
            default -> jsonError(400, "UnknownOperationException", "");
        };
    }

    private static Answer put(Request request) {
        try {
            var entry = JSON.readTree(request.text()).path("Entries").path(0);
            var detail = JSON.readTree(entry.path("Detail").asText());
            if (!detail.isObject()) {
                return failed("MalformedDetail", "Detail is malformed.");
            }
            return size(entry) > LIMIT || blank(entry, "Source") || blank(entry, "DetailType")
                    ? jsonError(400, "ValidationException",
                            "Total size of the entries in the request is over the limit")
                    : Answer.of(200, "{\"FailedEntryCount\":0,\"Entries\":[{\"EventId\":\"11710aed-b79e\"}]}");
        } catch (JsonProcessingException _) {
            return failed("MalformedDetail", "Detail is malformed.");
        }
    }

    /** "Calculating PutEvents event entry size". */
    private static int size(JsonNode entry) {
        int size = 14;
        for (String field : List.of("Source", "DetailType", "Detail")) {
            size += entry.path(field).asText().getBytes(UTF_8).length;
        }
        for (var resource : entry.path("Resources")) {
            size += resource.asText().getBytes(UTF_8).length;
        }
        return size;
    }

    private static boolean blank(JsonNode entry, String field) {
        return entry.path(field).asText().isBlank();
    }

    /** With 200, as the real one does. */
    static Answer failed(String code, String message) {
        return Answer.of(200, "{\"FailedEntryCount\":1,\"Entries\":[{\"ErrorCode\":\"" + code
                + "\",\"ErrorMessage\":\"" + message + "\"}]}");
    }

    static Answer jsonError(int status, String code, String message) {
        return Answer.of(status, "{\"__type\":\"" + code + "\",\"message\":\"" + message + "\"}");
    }
}
