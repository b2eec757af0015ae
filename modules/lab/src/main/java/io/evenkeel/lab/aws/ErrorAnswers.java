package io.evenkeel.lab.aws;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** Errors in the shape of each protocol, as the SDKs parse them. */
final class ErrorAnswers {
    private ErrorAnswers() {}

    static AwsResponse render(AwsService.Protocol protocol, String namespace, AwsFault fault, String requestId) {
        return switch (protocol) {
            case JSON -> json(fault);
            case QUERY, REST_XML -> xml(namespace, fault, requestId);
        };
    }

    private static AwsResponse json(AwsFault fault) {
        var body = JsonNodeFactory.instance.objectNode();
        body.put("__type", fault.code());
        body.put("message", fault.text());
        return AwsResponse.json(fault.status(), body.toString());
    }

    private static AwsResponse xml(String namespace, AwsFault fault, String requestId) {
        return AwsResponse.xml(fault.status(),
                XmlWriter.document("ErrorResponse", namespace,
                        root -> root.element("Error",
                                error -> error.text("Type", fault.status() < 500 ? "Sender" : "Receiver")
                                        .text("Code", fault.code())
                                        .text("Message", fault.text()))
                                .text("RequestId", requestId)));
    }
}
