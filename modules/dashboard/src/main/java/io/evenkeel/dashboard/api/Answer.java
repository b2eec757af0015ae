package io.evenkeel.dashboard.api;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a request comes to.
 *
 * @param body written as JSON
 * @param headers besides those that all have
 */
record Answer(int status, Object body, Map<String, String> headers) {

    static Answer of(int status, Object body) {
        return new Answer(status, body, Map.of());
    }

    /** The one form of all that is refused or fails. */
    static Answer error(int status, String error) {
        return of(status, Map.of("error", error));
    }

    /** @param hint what to do about it */
    static Answer error(int status, String error, String hint) {
        var body = new LinkedHashMap<String, String>();
        body.put("error", error);
        body.put("hint", hint);
        return of(status, body);
    }

    Answer with(String header, String value) {
        return new Answer(status, body, Map.of(header, value));
    }
}
