package io.evenkeel.probe.http;

import io.evenkeel.core.health.FailureReason;

/** What came back: an HTTP response of any status, or what was seen instead. */
public sealed interface Answer {

    /** @param body read as UTF-8, empty when there was none */
    record Response(int status, String body) implements Answer {}

    /** @param detail one line of at most {@value Details#MAX} characters */
    record Failed(FailureReason reason, String detail) implements Answer {}
}
