package io.evenkeel.probe.endpoint;

/** An answer of the endpoint, before it is put on the wire. */
record Reply(int status, String contentType, String body) {

    static Reply text(int status, String body) {
        return new Reply(status, "text/plain; charset=utf-8", body);
    }

    static Reply json(int status, String body) {
        return new Reply(status, "application/json", body);
    }
}
