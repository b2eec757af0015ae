package io.evenkeel.lab.aws;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** An answer on the wire. The content type belongs to the protocol; headers are those beside it. */
record AwsResponse(int status, String contentType, String body, Map<String, String> headers) {
    private static final String XML = "text/xml";
    private static final String JSON = "application/x-amz-json-1.1";

    /** A Query answer: {@code <XResponse><XResult>…</XResult><ResponseMetadata>…}. */
    static AwsResponse query(AwsRequest request, Consumer<XmlWriter> result) {
        var namespace = request.service().namespace();
        return xml(200, XmlWriter.document(request.action() + "Response", namespace,
                root -> root.element(request.action() + "Result", result).element("ResponseMetadata",
                        metadata -> metadata.text("RequestId", request.requestId()))));
    }

    /** A Query answer of an operation that returns nothing. */
    static AwsResponse emptyQuery(AwsRequest request) {
        return xml(200, XmlWriter.document(request.action() + "Response", request.service().namespace(),
                root -> root.element("ResponseMetadata",
                        metadata -> metadata.text("RequestId", request.requestId()))));
    }

    /** A REST-XML answer. */
    static AwsResponse rest(int status, AwsRequest request, Consumer<XmlWriter> body) {
        return xml(status, XmlWriter.document(request.action() + "Response", request.service().namespace(), body));
    }

    static AwsResponse json(int status, String body) {
        return new AwsResponse(status, JSON, body, Map.of());
    }

    static AwsResponse xml(int status, String body) {
        return new AwsResponse(status, XML, body, Map.of());
    }

    /** For a resource just created. */
    AwsResponse withLocation(String path) {
        return new AwsResponse(status, contentType, body, Map.of("Location", "https://route53.amazonaws.com" + path));
    }

    AwsResponse withRequestId(String requestId) {
        var all = new HashMap<>(headers);
        all.put("x-amzn-RequestId", requestId);
        return new AwsResponse(status, contentType, body, all);
    }
}
