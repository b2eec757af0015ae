package io.evenkeel.channels.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;

/**
 * One call. A class and not a record: its text must not show what it holds.
 *
 * @see HttpPoster
 */
public final class HttpCall {

    private final String method;
    private final String address;
    private final Map<String, String> headers;
    private final byte[] body;
    private final List<String> secrets;

    private HttpCall(String method, String address, Map<String, String> headers, byte[] body, List<String> secrets) {
        this.method = method;
        this.address = address;
        this.headers = Map.copyOf(headers);
        this.body = body;
        this.secrets = List.copyOf(secrets);
    }

    /** @param secrets what no detail may show; the address itself when it is a capability */
    public static HttpCall postJson(String address, Map<String, String> headers, byte[] body, List<String> secrets) {
        var all = new java.util.HashMap<>(headers);
        all.put("Content-Type", "application/json; charset=utf-8");
        return new HttpCall("POST", address, all, body.clone(), secrets);
    }

    /** Without a body. */
    public static HttpCall bare(String method, String address, List<String> secrets) {
        return new HttpCall(method, address, Map.of(), new byte[0], secrets);
    }

    String method() {
        return method;
    }

    Map<String, String> headers() {
        return headers;
    }

    byte[] body() {
        return body.clone();
    }

    List<String> secrets() {
        return secrets;
    }

    /** @throws URISyntaxException when it is no absolute http or https URL; its message must not be shown */
    URI uri() throws URISyntaxException {
        var uri = new URI(address.strip());
        boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
        if (!http || uri.getHost() == null || uri.getUserInfo() != null) {
            throw new URISyntaxException("address", "no http or https URL with a host");
        }
        return uri;
    }

    @Override
    public String toString() {
        return method + " of " + body.length + " bytes";
    }
}
